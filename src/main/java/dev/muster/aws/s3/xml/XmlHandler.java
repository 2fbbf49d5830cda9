package dev.muster.aws.s3.xml;

/**
 * Receiver of a document's elements and values, in the order of the document.
 *
 * @param <E> the elements that mean something to the receiver
 */
public interface XmlHandler<E> {
    /**
     * The element that a start tag stands for. Called once for each distinct start tag, not for each element.
     *
     * @param parent the element around it; null for the root
     * @param name the local name, without a namespace prefix
     * @return null for an element without meaning; it is checked and skipped with everything in it
     * @throws RuntimeException if it must not occur there; this ends the reading
     */
    E element(E parent, String name);

    /** An element begins that holds others. */
    void start(E element);

    /**
     * An element that holds no others, as a whole.
     *
     * @param bytes holds the text between its tags, references resolved; valid during the call only. It is UTF-8
     *     where the document is; what is not is passed on as it is, and so are characters that XML forbids.
     * @param offset of the text's first byte
     * @param length of the text in bytes
     */
    void value(E element, byte[] bytes, int offset, int length);

    /** An element that holds others ends. */
    void end(E element);
}
