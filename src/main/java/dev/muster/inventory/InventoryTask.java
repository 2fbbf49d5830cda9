package dev.muster.inventory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.audit.AuditTask;
import dev.muster.inventory.segment.Segment;
import java.util.List;

/** A unit of an inventory's work: a task of an audit, or writing listed rows to a data file. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InventoryTask.Listing.class, name = "list"),
    @JsonSubTypes.Type(value = InventoryTask.WritePart.class, name = "write-part")
})
public sealed interface InventoryTask {
    /** The attempt in words, for messages. */
    String description();

    /** Task of an audit, whose counted rows become a segment. */
    record Listing(AuditTask work) implements InventoryTask {
        @Override
        public String description() {
            return work.description();
        }
    }

    /** Writes segments, in the order of their rows, into a data file. */
    record WritePart(List<Segment> segments) implements InventoryTask {
        public WritePart {
            segments = List.copyOf(segments);
        }

        @Override
        public String description() {
            return "write a data file of "
                    + segments.stream().mapToLong(Segment::rows).sum() + " rows from bucket "
                    + segments.get(0).bucket().bucket() + " on";
        }
    }
}
