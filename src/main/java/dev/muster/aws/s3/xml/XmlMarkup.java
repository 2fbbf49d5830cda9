package dev.muster.aws.s3.xml;

import java.util.List;

/**
 * The markup between two values, from the end tag of one to the start tag of the other, and its events. When the same
 * bytes follow a value of the same {@link XmlElement} again, they have the same meaning and are not read again: data is
 * written by loops, so nearly all markup of a document is known after the second iteration.
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

    /** Repeats the events of this markup to the handler. */
    void replay(XmlHandler<E> handler) {
        for (int i = 0; i < events.size(); i++) {
            events.get(i).tell(handler);
        }
    }
}
