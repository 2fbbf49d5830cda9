package dev.muster.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.events.dayfile.InFlightMessage;
import java.util.List;

/** What a {@link DayKeeper} is asked, perhaps from another machine. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = DayRequest.Hold.class, name = "hold"),
    @JsonSubTypes.Type(value = DayRequest.Write.class, name = "write"),
    @JsonSubTypes.Type(value = DayRequest.Release.class, name = "release")
})
public sealed interface DayRequest {
    /** Hold these messages. */
    record Hold(List<InFlightMessage> inFlightTable) implements DayRequest {
        public Hold {
            inFlightTable = List.copyOf(inFlightTable);
        }
    }

    /** Write what is held, then delete it from the queue. */
    record Write() implements DayRequest {}

    /** Give back what is held. */
    record Release() implements DayRequest {}
}
