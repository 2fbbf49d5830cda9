package dev.muster.aws.s3;

/** A listing's body is not what the S3 API documents: not well-formed, cut short, or with a wrong value. */
public final class MalformedPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean cutShort;

    public MalformedPageException(String message) {
        this(message, false);
    }

    /**
     * @param cutShort whether something is missing, which another try may bring
     */
    public MalformedPageException(String message, boolean cutShort) {
        super(message);
        this.cutShort = cutShort;
    }

    /** Tells whether the body ended too early, or was empty, which another try may mend. */
    public boolean cutShort() {
        return cutShort;
    }
}
