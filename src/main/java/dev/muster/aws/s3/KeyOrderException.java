package dev.muster.aws.s3;

/**
 * A page's keys do not ascend in unsigned UTF-8 byte order, or do not come after the key that was asked for. The server
 * sorts differently from S3, so a listing continued by key would lose or repeat objects.
 */
public final class KeyOrderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyOrderException(ObjectKey previous, ObjectKey key) {
        super("the server's keys are not in UTF-8 byte order: \"" + key + "\" came after \"" + previous + "\"");
    }
}
