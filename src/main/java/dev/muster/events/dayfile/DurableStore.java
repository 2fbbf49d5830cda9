package dev.muster.events.dayfile;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Store that makes contents durable. Messages are deleted only afterwards, by {@link DayFile}. */
public interface DurableStore {
    /**
     * Stores contents. Completes when all are durable, or none because of a conflict; fails with a {@link
     * dev.muster.engine.TaskException}. Storing the same contents again changes nothing.
     */
    CompletableFuture<Stored> store(Collection<Content> contents);

    /** Outcome of storing. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Stored.Merged.class, name = "merged"),
        @JsonSubTypes.Type(value = Stored.Done.class, name = "done"),
        @JsonSubTypes.Type(value = Stored.Published.class, name = "published"),
        @JsonSubTypes.Type(value = Stored.Conflict.class, name = "conflict")
    })
    sealed interface Stored {
        /** Merged into a day's file. In a dry run the preview contains the new lines. */
        record Merged(MergeCounts counts, List<String> preview) implements Stored {
            public Merged {
                preview = List.copyOf(preview);
            }
        }

        /** Durable; there is nothing to count. */
        record Done() implements Stored {}

        /** Published for others to receive. */
        record Published(long messages) implements Stored {}

        /** Someone else has replaced the file since it was read; nothing was written. */
        record Conflict() implements Stored {}
    }

    /**
     * Counts of a merge.
     *
     * @param existing number of lines that were in the file, without duplicates
     * @param added number of lines that were not
     * @param changed whether the merged file differs from the existing one in any byte
     */
    record MergeCounts(long existing, long added, boolean changed) {
        /** Number of lines in the merged file. */
        public long unique() {
            return existing + added;
        }
    }
}
