package dev.muster.aws.s3.xml;

/** A document that is not well-formed, or uses what {@link XmlTokenizer} does not accept. */
public final class XmlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    XmlException(String message) {
        super(message);
    }
}
