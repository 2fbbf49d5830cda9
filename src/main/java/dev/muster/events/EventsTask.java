package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A task of an events run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = EventsTask.Prepare.class, name = "prepare"),
    @JsonSubTypes.Type(value = EventsTask.Poll.class, name = "poll"),
    @JsonSubTypes.Type(value = EventsTask.Flush.class, name = "flush"),
    @JsonSubTypes.Type(value = EventsTask.Release.class, name = "release"),
    @JsonSubTypes.Type(value = EventsTask.Count.class, name = "count")
})
public sealed interface EventsTask {
    /** The task in words, as in: receiving messages. */
    String description();

    /** Resource that the task uses; those that use one slow down together. */
    default String resource() {
        return DAY_FILES;
    }

    /** Resource of tasks that write. */
    String DAY_FILES = "day-files";

    /** Resource of tasks that ask the queue. */
    String QUEUE = "sqs-receive";

    /** Check that queue and bucket exist, and that the bucket's server honours what the run relies on. */
    record Prepare() implements EventsTask {
        @Override
        public String description() {
            return "looking at queue and bucket";
        }
    }

    /** Ask the queue how many messages are left. */
    record Count() implements EventsTask {
        @Override
        public String description() {
            return "counting what is left";
        }

        @Override
        public String resource() {
            return QUEUE;
        }
    }

    /**
     * Receive messages once, and hand each to its destination.
     *
     * @param poller number of the poller, from 0
     */
    record Poll(int poller) implements EventsTask {
        @Override
        public String description() {
            return "receiving messages";
        }

        @Override
        public String resource() {
            return QUEUE;
        }
    }

    /** Make what a destination holds durable, then delete it from the queue. */
    record Flush(String destination) implements EventsTask {
        public Flush {
            requireNonNull(destination, "destination is null");
        }

        @Override
        public String description() {
            return "writing " + destination;
        }
    }

    /** Return what a destination holds and could not write to the queue. */
    record Release(String destination) implements EventsTask {
        public Release {
            requireNonNull(destination, "destination is null");
        }

        @Override
        public String description() {
            return "giving back " + destination;
        }
    }
}
