package dev.muster.emulator.server;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.Consumer;

/**
 * The AWS Query protocol: a form in, XML out.
 *
 * @param namespace of the service's documents
 */
public record QueryProtocol(String namespace) {
    public QueryProtocol {
        requireNonNull(namespace, "namespace is null");
    }

    /** The parameters of a call, from its body and its address. */
    public static Map<String, String> parameters(Call call) {
        Map<String, String> form = UriText.form(call.text().strip());
        call.query().forEach(form::putIfAbsent);
        return form;
    }

    public static String required(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw new ServiceError(
                    400, "ValidationError", "1 validation error detected: " + name + " must not be null");
        }
        return value;
    }

    /**
     * A good answer.
     *
     * @param result writes what is inside of the Result element
     */
    public Reply reply(Call call, String action, Consumer<XmlBuffer> result) {
        XmlBuffer xml = XmlBuffer.document().open(action + "Response", namespace);
        xml.open(action + "Result");
        result.accept(xml);
        xml.close(action + "Result");
        xml.open("ResponseMetadata").leaf("RequestId", call.requestId()).close("ResponseMetadata");
        return Reply.xml(200, xml.close(action + "Response")).with("x-amzn-RequestId", call.requestId());
    }

    /** An error document; the general errors get the names that Query services have for them. */
    public Reply refuse(Call call, ServiceError error) {
        ServiceError named =
                switch (error.code()) {
                    case "InvalidAccessKeyId", "InvalidToken" -> error.as(403, "InvalidClientTokenId");
                    case "ExpiredToken" -> error.as(403, "ExpiredToken");
                    case "SlowDown" -> error.as(400, "Throttling");
                    case "InternalError" -> error.as(500, "InternalFailure");
                    default -> error;
                };
        XmlBuffer xml = XmlBuffer.document().open("ErrorResponse", namespace).open("Error");
        xml.leaf("Type", named.status() < 500 ? "Sender" : "Receiver");
        xml.leaf("Code", named.code()).leaf("Message", named.getMessage()).close("Error");
        xml.leaf("RequestId", call.requestId()).close("ErrorResponse");
        return Reply.xml(named.status(), xml).with(named.headers()).with("x-amzn-RequestId", call.requestId());
    }
}
