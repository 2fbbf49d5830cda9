package dev.muster.aws.s3;

/** A listing's body is not what the S3 API documents: not well-formed, cut short, or with a wrong value. */
public final class MalformedPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedPageException(String message) {
        super(message);
    }
}
