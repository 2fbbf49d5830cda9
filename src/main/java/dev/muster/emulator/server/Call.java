package dev.muster.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.emulator.server.Access.Principal;
import dev.muster.emulator.server.Access.Scope;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A request as the services see it.
 *
 * @param path as sent, still percent-encoded
 * @param query names and values decoded; a name without a value has an empty one
 * @param headers by lower-case name
 * @param scope what the signature says; empty for anonymous requests
 * @param caller whom the key belongs to; empty for anonymous requests
 * @param requestId names this exchange in the reply
 * @param pageShare below 1, a listing shall return only this share of the page that was asked for
 */
public record Call(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        ByteString body,
        Optional<Scope> scope,
        Optional<Principal> caller,
        String requestId,
        double pageShare) {
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public boolean asks(String parameter) {
        return query.containsKey(parameter);
    }

    public Call with(Map<String, String> otherHeaders, ByteString otherBody) {
        return new Call(method, path, query, otherHeaders, otherBody, scope, caller, requestId, pageShare);
    }

    /** The body as text. */
    public String text() {
        return body.decodeString(UTF_8);
    }

    /** Caller; an anonymous request is refused. */
    public Principal signer() {
        return caller.orElseThrow(() -> new ServiceError(403, "AccessDenied", "Anonymous access is not allowed"));
    }

    Call by(Optional<Principal> whom) {
        return new Call(method, path, query, headers, body, scope, whom, requestId, pageShare);
    }

    Call withBody(ByteString bytes) {
        return new Call(method, path, query, headers, bytes, scope, caller, requestId, pageShare);
    }

    Call withPageShare(double share) {
        return new Call(method, path, query, headers, body, scope, caller, requestId, share);
    }
}
