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

    /** Queue and bucket are ready. */
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
     * @param waiting messages that can be received now or later
     * @param hidden messages that someone has received and not deleted
     */
    record Counted(boolean told, long waiting, long hidden) implements EventsResult {
        @Override
        public EventsPartial counts() {
            return EventsPartial.builder().build();
        }
    }

    /** Answer to a receive, by how much of the request was delivered. */
    enum Answer {
        /** As many messages as one request can return, as fast as ever: more requests would deliver more. */
        FULL_BATCH,
        /** Some, or as many but slower: the server is busy. */
        SOME,
        /**
         * Some, but all of them are left to the queue's redrive policy: they come again and again, and say nothing
         * about others.
         */
        LEFT_ONLY,
        /** None, after waiting. */
        NONE,
        /** No request was made: no more can be held until something is written. */
        NO_ROOM,
        /** No request was made: other receives may use up what the run may still receive. */
        OTHERS_FIRST,
        /** No more will come: a stop was requested, or the end of the input or the limit is reached. */
        END
    }

    /**
     * One receive.
     *
     * @param holding every destination that holds messages
     * @param due those of them to be written now, because of size, number or age
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
     * @param conflict whether someone else replaced the file meanwhile: nothing was written, and it must be merged
     *     again
     * @param holding whether the destination holds messages, still or again
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
     * Returned to the queue, as far as possible.
     *
     * @param gone deliveries that the destination holds no longer
     */
    record Released(long gone, EventsPartial counts) implements EventsResult {
        public Released {
            requireNonNull(counts, "counts is null");
        }
    }
}
