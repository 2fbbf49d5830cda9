package dev.muster.emulator.s3;

import dev.muster.emulator.server.Call;
import java.util.Optional;

/**
 * Condition of a write: If-Match with an ETag, or If-None-Match with {@code *}.
 *
 * @param ifMatch an ETag, quoted or not, or {@code *}
 */
record WriteCondition(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
    static final WriteCondition NONE = new WriteCondition(Optional.empty(), Optional.empty());

    static WriteCondition of(Call call) {
        WriteCondition condition = new WriteCondition(call.header("if-match"), call.header("if-none-match"));
        if (condition.ifNoneMatch().filter(value -> !value.equals("*")).isPresent()) {
            throw S3Errors.notImplemented();
        }
        return condition;
    }

    void check(String key, Optional<ObjectVersion> current) {
        if (ifNoneMatch.isPresent() && current.isPresent()) {
            throw S3Errors.preconditionFailed("If-None-Match");
        }
        if (ifMatch.isEmpty()) {
            return;
        }
        ObjectVersion present = current.orElseThrow(() -> S3Errors.noSuchKey(key));
        if (!ETags.matches(ifMatch.get(), present.etag())) {
            throw S3Errors.preconditionFailed("If-Match");
        }
    }
}
