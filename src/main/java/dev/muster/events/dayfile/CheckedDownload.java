package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ContentDigest;
import dev.muster.aws.s3.EntityTag;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A downloaded object held against what the answer announced: merging a part of a day and writing it back would lose the
 * rest.
 *
 * @param etag as the server gave it
 * @param doubtful the digest of what arrived, where nothing in the answer vouches for it
 */
record CheckedDownload(String etag, Optional<ContentDigest> doubtful) {
    CheckedDownload {
        requireNonNull(etag, "etag is null");
        requireNonNull(doubtful, "doubtful is null");
    }

    /**
     * Compares the length, and the content where the ETag may be its MD5 digest. Objects that were uploaded in parts, or that
     * are encrypted with a key of KMS, have another kind of ETag, and so have all of some servers.
     */
    static CheckedDownload of(String uri, Path file, GetObjectResponse response) {
        EntityTag etag = EntityTag.of(response.eTag())
                .orElseThrow(() -> broken(
                        Failure.Kind.INVALID, uri, "the answer has no ETag, by which it could be replaced safely"));
        try {
            long size = Files.size(file);
            boolean told = response.contentLength() != null;
            if (told && size != response.contentLength()) {
                throw broken(uri, size + " of " + response.contentLength() + " bytes arrived");
            }
            if (told && !etag.mayBeDigest()) {
                return new CheckedDownload(response.eTag(), Optional.empty());
            }
            ContentDigest digest = ContentDigest.of(file);
            return new CheckedDownload(
                    response.eTag(), Optional.of(digest).filter(content -> !etag.isDigest(content.md5())));
        } catch (IOException e) {
            throw new TaskException(
                    new Failure(Failure.Kind.TRANSIENT, e.getClass().getSimpleName(), "read of " + uri + ": " + e), e);
        }
    }

    static TaskException broken(String uri, String why) {
        return broken(Failure.Kind.TRANSIENT, uri, why);
    }

    private static TaskException broken(Failure.Kind kind, String uri, String why) {
        return new TaskException(new Failure(kind, "BrokenDownload", "read of " + uri + " is not usable: " + why));
    }
}
