package dev.muster.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketStats;
import dev.muster.inventory.dataset.DataPart;
import dev.muster.inventory.segment.Segment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A part of an inventory's result: that of the audit, and the names of the segments and data files with the rows.
 * Mutable, and not for concurrent use; readable by Jackson. Memory grows with tasks that listed something until their
 * rows are written, and with data files.
 */
public final class InventoryPartial {
    private AuditPartial audit;
    private final Map<String, Segment> segments = new LinkedHashMap<>();
    private final Map<String, DataPart> parts = new TreeMap<>();

    /** Names of segments that are in a data file but have not been merged themselves. */
    private final Set<String> written = new TreeSet<>();

    InventoryPartial() {
        this(new AuditPartial());
    }

    InventoryPartial(AuditPartial audit) {
        this(audit, List.of(), List.of(), List.of());
    }

    @JsonCreator
    InventoryPartial(
            @JsonProperty("audit") AuditPartial audit,
            @JsonProperty("segments") Collection<Segment> segments,
            @JsonProperty("parts") Collection<DataPart> parts,
            @JsonProperty("written") Collection<String> written) {
        this.audit = audit;
        segments.forEach(this::segment);
        parts.forEach(part -> this.parts.put(part.id(), part));
        this.written.addAll(written);
    }

    InventoryPartial segment(Segment segment) {
        if (!written.remove(segment.name())) {
            segments.put(segment.name(), segment);
        }
        return this;
    }

    /** Adds a data file, which now contains the rows of these segments. */
    InventoryPartial part(DataPart part, List<Segment> of) {
        parts.put(part.id(), part);
        of.forEach(segment -> written(segment.name()));
        return this;
    }

    private void written(String segment) {
        if (segments.remove(segment) == null) {
            written.add(segment);
        }
    }

    /**
     * Adds another partial, which stays unchanged.
     *
     * @param sum the sum of both partials of the audit
     */
    void merge(AuditPartial sum, InventoryPartial other) {
        audit = sum;
        other.segments.values().forEach(this::segment);
        parts.putAll(other.parts);
        other.written.forEach(this::written);
    }

    @JsonProperty
    public AuditPartial audit() {
        return audit;
    }

    /**
     * The segments that are in no data file, in the order in which they were merged, including those that do not count.
     */
    @JsonProperty
    Collection<Segment> segments() {
        return segments.values();
    }

    @JsonProperty
    Collection<DataPart> parts() {
        return parts.values();
    }

    @JsonProperty
    Collection<String> written() {
        return written;
    }

    /** The segments whose rows count and are in no data file, in order. */
    List<Segment> unwritten() {
        return segments.values().stream()
                .filter(this::counts)
                .sorted(Segment.ORDER)
                .toList();
    }

    private boolean counts(Segment segment) {
        BucketStats stats = audit.buckets().get(segment.bucket());
        return stats != null && stats.mode() == segment.mode();
    }
}
