package dev.muster.aws.s3;

/** A listing's body is not what the S3 API documents: not well-formed, cut short, or with a wrong value. */
public final class MalformedPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean foreign;

    public MalformedPageException(String message) {
        this(message, false);
    }

    private MalformedPageException(String message, boolean foreign) {
        super(message);
        this.foreign = foreign;
    }

    /** Exception for a body that is no listing at all, and may come from another server. */
    public static MalformedPageException foreign(String message) {
        return new MalformedPageException(message, true);
    }

    /** Tells whether it is no listing at all: a proxy may have answered in the server's place. */
    public boolean isForeign() {
        return foreign;
    }
}
