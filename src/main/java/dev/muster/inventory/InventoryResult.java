package dev.muster.inventory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.audit.AuditResult;
import dev.muster.inventory.dataset.DataPart;
import dev.muster.inventory.segment.Segment;
import java.util.Optional;

/** Result of an {@link InventoryTask}. Readable by Jackson, as it may come from another machine. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InventoryResult.Listed.class, name = "listed"),
    @JsonSubTypes.Type(value = InventoryResult.Written.class, name = "written")
})
public sealed interface InventoryResult {
    /**
     * Result of an audit's task, and its rows.
     *
     * @param segment rows of the counted entries; empty if there are none
     */
    record Listed(AuditResult finding, Optional<Segment> segment) implements InventoryResult {}

    /** A data file. */
    record Written(DataPart part) implements InventoryResult {}
}
