package dev.muster.aws.s3;

/** A listing's body is not what the S3 API documents: not well-formed, cut short, or with a wrong value. */
public final class MalformedPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Origin of an answer. */
    private enum Origin {
        SAME,
        OTHER_LISTING,
        FOREIGN
    }

    private final Origin origin;

    public MalformedPageException(String message) {
        this(message, Origin.SAME);
    }

    private MalformedPageException(String message, Origin origin) {
        super(message);
        this.origin = origin;
    }

    /** Exception for a body that is no listing at all, and may come from another server. */
    public static MalformedPageException foreign(String message) {
        return new MalformedPageException(message, Origin.FOREIGN);
    }

    /** Exception for a listing of another kind than was requested. */
    public static MalformedPageException otherListing(String message) {
        return new MalformedPageException(message, Origin.OTHER_LISTING);
    }

    /** Tells whether it is a listing of another kind: the server may not know the one that was requested. */
    public boolean isOtherListing() {
        return origin == Origin.OTHER_LISTING;
    }

    /** Tells whether it is no listing at all: a proxy may have answered in the server's place. */
    public boolean isForeign() {
        return origin == Origin.FOREIGN;
    }
}
