package dev.muster.emulator.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.ServiceError;
import java.util.Map;

/** The REST-JSON protocol as Account Management speaks it: the operation in the path, the error's name in a header. */
final class RestJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RestJson() {}

    /** {@code /getAlternateContact} asks for GetAlternateContact. */
    static String operation(Call call) {
        String name = call.path().substring(call.path().lastIndexOf('/') + 1);
        return name.isEmpty() ? "Unknown" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    static Reply reply(Call call, Map<String, ?> value) {
        return reply(call, 200, value);
    }

    static Reply refuse(Call call, ServiceError error) {
        ServiceError named =
                switch (error.code()) {
                    case "InvalidAccessKeyId", "InvalidToken" -> error.as(403, "UnrecognizedClientException");
                    case "ExpiredToken" -> error.as(403, "ExpiredTokenException");
                    case "AccessDenied" -> error.as(403, "AccessDeniedException");
                    case "SlowDown" -> error.as(429, "TooManyRequestsException");
                    case "InternalError" -> error.as(500, "InternalServerException");
                    default -> error;
                };
        return reply(call, named.status(), Map.of("message", named.getMessage()))
                .with("x-amzn-ErrorType", named.code());
    }

    private static Reply reply(Call call, int status, Map<String, ?> value) {
        try {
            return Reply.text(status, "application/json", JSON.writeValueAsString(value))
                    .with("x-amzn-RequestId", call.requestId());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
