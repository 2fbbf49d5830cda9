package dev.muster.inventory;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditPlan;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketId;
import dev.muster.audit.ListingMode;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.inventory.segment.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lists like an audit, and divides the rows among data files once everything is listed.
 *
 * <p>A segment counts if the totals of the same result count. If a listing will be tried again by a later run, nothing
 * is divided, since its rows belong among the others.
 */
final class InventoryPlan implements Plan<InventoryTask, InventoryResult, InventoryPartial> {
    private static final String WRITING = "data files";

    private final AuditPlan audit;
    private final TaskPolicy writing;
    private final boolean inDataFiles;
    private final Map<String, Segment> unwritten = new LinkedHashMap<>();
    private final Map<BucketId, ListingMode> modes = new HashMap<>();
    private int listings;
    private boolean toBeResumed;

    /**
     * A plan for one run.
     *
     * @param writing timeout for writing a data file
     * @param inDataFiles whether rows are written to data files by tasks; else they stay in segments
     */
    InventoryPlan(AuditPlan audit, Duration writing, boolean inDataFiles) {
        this.audit = requireNonNull(audit, "audit is null");
        this.writing = new TaskPolicy(WRITING, writing, false);
        this.inDataFiles = inDataFiles;
    }

    @Override
    public List<InventoryTask> seeds() {
        return listings(audit.seeds());
    }

    @Override
    public void restored(InventoryPartial summary) {
        audit.restored(summary.audit());
        summary.audit().buckets().forEach((id, stats) -> modes.put(id, stats.mode()));
        summary.segments().forEach(segment -> unwritten.put(segment.name(), segment));
    }

    @Override
    public void resumed(List<InventoryTask> outstanding) {
        List<AuditTask> works = new ArrayList<>();
        for (InventoryTask task : outstanding) {
            if (task instanceof InventoryTask.Listing listing) {
                works.add(listing.work());
            } else if (task instanceof InventoryTask.WritePart write) {
                write.segments().forEach(segment -> unwritten.remove(segment.name()));
            }
        }
        audit.resumed(works);
        listings += works.size();
    }

    @Override
    public Step<InventoryTask, InventoryPartial> completed(InventoryTask task, InventoryResult result, Demand demand) {
        if (task instanceof InventoryTask.Listing listing && result instanceof InventoryResult.Listed found) {
            Step<AuditTask, AuditPartial> step = audit.completed(listing.work(), found.finding(), demand);
            AuditPartial counted = step.partial().orElseGet(AuditPartial::new);
            InventoryPartial partial = new InventoryPartial(counted);
            found.segment()
                    .filter(segment -> counted.buckets().containsKey(segment.bucket()))
                    .ifPresent(segment -> add(segment, partial));
            return after(partial, step.next());
        } else if (task instanceof InventoryTask.WritePart write && result instanceof InventoryResult.Written written) {
            return Step.of(new InventoryPartial().part(written.part(), write.segments()));
        }
        throw new IllegalArgumentException("nothing follows from " + result.getClass() + " for " + task.getClass());
    }

    private void add(Segment segment, InventoryPartial partial) {
        partial.segment(segment);
        unwritten.put(segment.name(), segment);
    }

    /** If a data file cannot be written, its rows stay in their segments. */
    @Override
    public Step<InventoryTask, InventoryPartial> abandoned(InventoryTask task, Failure failure) {
        if (task instanceof InventoryTask.Listing listing) {
            Step<AuditTask, AuditPartial> step = audit.abandoned(listing.work(), failure);
            return after(new InventoryPartial(step.partial().orElseGet(AuditPartial::new)), step.next());
        }
        return Step.next(List.of());
    }

    private Step<InventoryTask, InventoryPartial> after(InventoryPartial partial, List<AuditTask> further) {
        List<InventoryTask> next = new ArrayList<>(listings(further));
        listings--;
        partial.audit().buckets().forEach((id, stats) -> modes.merge(id, stats.mode(), InventoryPlan::later));
        if (listings == 0 && !toBeResumed && inDataFiles) {
            PartSizes.divide(counting()).forEach(segments -> next.add(new InventoryTask.WritePart(segments)));
            unwritten.clear();
        }
        return Step.of(partial, next);
    }

    private static ListingMode later(ListingMode left, ListingMode right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private List<Segment> counting() {
        Stream<Segment> counting =
                unwritten.values().stream().filter(segment -> segment.mode() == modes.get(segment.bucket()));
        return counting.sorted(Segment.ORDER).toList();
    }

    private List<InventoryTask> listings(List<AuditTask> works) {
        listings += works.size();
        return works.stream().<InventoryTask>map(InventoryTask.Listing::new).toList();
    }

    @Override
    public boolean keptForResumption(InventoryTask task) {
        boolean kept = task instanceof InventoryTask.Listing listing && audit.keptForResumption(listing.work());
        toBeResumed |= kept;
        return kept;
    }

    @Override
    public void repeated(InventoryTask task) {
        if (task instanceof InventoryTask.Listing listing) {
            audit.repeated(listing.work());
        }
    }

    @Override
    public TaskPolicy terms(InventoryTask task) {
        return task instanceof InventoryTask.Listing listing ? audit.terms(listing.work()) : writing;
    }
}
