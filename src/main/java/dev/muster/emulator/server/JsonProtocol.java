package dev.muster.emulator.server;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The AWS JSON protocols 1.0 and 1.1: the operation in a header, JSON in and out.
 *
 * @param contentType such as {@code application/x-amz-json-1.1}
 * @param throttled the error code for too many requests
 */
public record JsonProtocol(String contentType, String throttled) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonProtocol {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(throttled, "throttled is null");
    }

    /** Operation behind the dot in {@code X-Amz-Target}. */
    public static String operation(Call call) {
        String target = call.header("x-amz-target").orElse("Unknown");
        return target.substring(target.lastIndexOf('.') + 1);
    }

    /** The body of a call; an empty one counts as an empty object. */
    public static JsonNode body(Call call) {
        String text = call.text();
        try {
            return JSON.readTree(text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException malformed) {
            throw new ServiceError(400, "SerializationException", "The request is not valid JSON");
        }
    }

    /**
     * A good answer.
     *
     * @param value of maps, lists, strings, numbers and booleans; dates are numbers of seconds
     */
    public Reply reply(Call call, Map<String, ?> value) {
        return reply(call, 200, value);
    }

    /** An error document; the general errors get the names that JSON services have for them. */
    public Reply refuse(Call call, ServiceError error) {
        ServiceError named =
                switch (error.code()) {
                    case "InvalidAccessKeyId", "InvalidToken" -> error.as(400, "UnrecognizedClientException");
                    case "ExpiredToken" -> error.as(400, "ExpiredTokenException");
                    case "AccessDenied" -> error.as(400, "AccessDeniedException");
                    case "SlowDown" -> error.as(400, throttled);
                    case "InternalError" -> error.as(500, "InternalFailure");
                    default -> error;
                };
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("__type", named.code());
        value.put("message", named.getMessage());
        value.putAll(named.details());
        return reply(call, named.status(), value).with(named.headers());
    }

    private Reply reply(Call call, int status, Map<String, ?> value) {
        try {
            return Reply.text(status, contentType, JSON.writeValueAsString(value))
                    .with("x-amzn-RequestId", call.requestId());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
