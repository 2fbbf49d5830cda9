package dev.muster.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.events.dayfile.Flush;

/** What a {@link DayKeeper} answers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = DayAnswer.Held.class, name = "held"),
    @JsonSubTypes.Type(value = DayAnswer.Done.class, name = "done")
})
public sealed interface DayAnswer {
    /** Number of messages that are held now. */
    record Held(int messages) implements DayAnswer {}

    /** Outcome of writing or releasing. */
    record Done(Flush flush) implements DayAnswer {}
}
