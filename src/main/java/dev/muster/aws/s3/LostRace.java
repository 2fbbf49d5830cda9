package dev.muster.aws.s3;

import dev.muster.engine.Failure;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Meaning of an answer that refuses a conditional write. Servers use many codes for it. */
enum LostRace {
    /** The condition does not hold. */
    CONDITION_FAILED,
    /** Someone else is writing at the same time, which says nothing about the object. */
    BUSY;

    private static final Set<String> FAILED_CODES = Set.of("PreconditionFailed", "NotModified");
    private static final Set<String> BUSY_CODES = Set.of("ConditionalRequestConflict", "OperationAborted");
    /** Codes of a 404 about an object; a missing bucket or upload has a code of its own. */
    private static final Set<String> MISSING_OBJECT = Set.of("", "NoSuchKey", "NotFound");

    /**
     * Classifies an error; empty if it is a different one. The completion of a multipart upload may report it in a
     * document with status 200, so the code counts as well as the status.
     */
    static Optional<LostRace> of(Throwable error) {
        if (!(Failure.cause(error) instanceof S3Exception s3)) {
            return Optional.empty();
        }
        String code = code(s3);
        int status = s3.statusCode();
        if (status == 412 || status == 304 || FAILED_CODES.contains(code)) {
            return Optional.of(CONDITION_FAILED);
        } else if (status == 404 && MISSING_OBJECT.contains(code)) {
            return Optional.of(CONDITION_FAILED);
        } else if (BUSY_CODES.contains(code) || (status == 409 && !code.contains("Bucket"))) {
            return Optional.of(BUSY);
        }
        return Optional.empty();
    }

    /** Tells whether the server says that it does not support the request at all. */
    static boolean unsupported(Throwable error) {
        return Failure.cause(error) instanceof S3Exception s3
                && (s3.statusCode() == 501 || code(s3).equals("NotImplemented"));
    }

    static int status(Throwable error) {
        return Failure.cause(error) instanceof S3Exception s3 ? s3.statusCode() : 0;
    }

    static String code(S3Exception error) {
        String code =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }
}
