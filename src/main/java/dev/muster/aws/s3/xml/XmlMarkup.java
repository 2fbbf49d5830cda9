package dev.muster.aws.s3.xml;

import java.util.List;

/**
 * The markup between two values, from the end tag of the one to the start tag of the other, and what came of it. Where the
 * same bytes follow a value of the same {@link XmlElement} again, they mean the same again and are not read anew: data is
 * written by loops, so that nearly all markup of a document is known after the second turn.
 */
final class XmlMarkup<E> {
    /** Longer markup is not worth remembering. */
    static final int LONGEST = 512;

    final byte[] bytes;
    /** The element whose value follows. */
    final XmlElement<E> target;

    private final List<Event<E>> events;

    /**
     * Keeps markup.
     *
     * @param events what the handler was told between the two values
     * @param target the element whose value follows
     */
    XmlMarkup(byte[] bytes, List<Event<E>> events, XmlElement<E> target) {
        this.bytes = bytes;
        this.events = List.copyOf(events);
        this.target = target;
    }

    /** The start or the end of an element that holds others. */
    record Event<E>(E element, boolean start) {
        void tell(XmlHandler<E> handler) {
            if (start) {
                handler.start(element);
            } else {
                handler.end(element);
            }
        }
    }

    /** Tells the handler again what came of this markup. */
    void replay(XmlHandler<E> handler) {
        for (int i = 0; i < events.size(); i++) {
            events.get(i).tell(handler);
        }
    }
}
