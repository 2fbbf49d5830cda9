package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Set;

/** Result of an {@link EventsTask}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = EventsResult.Prepared.class, name = "prepared"),
    @JsonSubTypes.Type(value = EventsResult.Polled.class, name = "polled"),
    @JsonSubTypes.Type(value = EventsResult.Flushed.class, name = "flushed"),
    @JsonSubTypes.Type(value = EventsResult.Released.class, name = "released"),
    @JsonSubTypes.Type(value = EventsResult.Counted.class, name = "counted")
})
public sealed interface EventsResult {
    EventsPartial counts();

    /** Queue and bucket are as they have to be. */
    record Prepared() implements EventsResult {
        @Override
        public EventsPartial counts() {
            return EventsPartial.builder().build();
        }
    }

    /**
     * Messages left on the queue, as it says.
     *
     * @param told whether it does
     * @param waiting that can be received, or will be by themselves
     * @param hidden that somebody has received and not deleted
     */
    record Counted(boolean told, long waiting, long hidden) implements EventsResult {
        @Override
        public EventsPartial counts() {
            return EventsPartial.builder().build();
        }
    }

    /** Share of what was asked for that came. */
    enum Answer {
        /** Number that one request can return, as fast as ever: more requests would bring more. */
        FULL_BATCH,
        /** Some, or as many but slower: the server has enough to do. */
        SOME,
        /** Some, but all of them left to the queue's redrive policy: they come again and again, and tell nothing of others. */
        LEFT_ONLY,
        /** None, after waiting. */
        NONE,
        /** Nothing was asked for: no more can be held until something is written. */
        NO_ROOM,
        /** Nothing was asked for: other receives may use up what the run may still receive. */
        OTHERS_FIRST,
        /** There will be no more: a stop was asked for, or the input or the limit is at its end. */
        END
    }

    /**
     * One receive.
     *
     * @param holding every destination that holds messages
     * @param due those of them to be written now, by size, number or age
     * @param handed by destination what was handed to it, or lost on its way there
     * @param memory bytes that may be held, as far as it goes by the process that received
     */
    record Polled(
            Answer answer,
            Set<String> holding,
            Set<String> due,
            Map<String, Load> handed,
            EventsPartial counts,
            long memory)
            implements EventsResult {
        /**
         * Messages together.
         *
         * @param messages number of deliveries
         * @param bytes of their lines and bodies
         */
        public record Load(long messages, long bytes) {}

        public Polled {
            handed = Map.copyOf(handed);
            requireNonNull(answer, "answer is null");
            holding = Set.copyOf(holding);
            due = Set.copyOf(due);
            requireNonNull(counts, "counts is null");
        }
    }

    /**
     * One write.
     *
     * @param conflict somebody else replaced the file meanwhile: nothing was written, read and merge again
     * @param holding whether the destination holds messages (still, or again)
     * @param lost messages whose lease ended before they could be deleted: they will come again
     * @param gone deliveries that the destination holds no longer
     */
    record Flushed(boolean conflict, boolean holding, long lost, long gone, EventsPartial counts)
            implements EventsResult {
        public Flushed {
            requireNonNull(counts, "counts is null");
        }
    }

    /**
     * Given back, as far as that was possible.
     *
     * @param gone deliveries that the destination holds no longer
     */
    record Released(long gone, EventsPartial counts) implements EventsResult {
        public Released {
            requireNonNull(counts, "counts is null");
        }
    }
}
