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
    /** How many messages are held now. */
    record Held(int messages) implements DayAnswer {}

    /** What writing or giving back came to. */
    record Done(Flush flush) implements DayAnswer {}
}
