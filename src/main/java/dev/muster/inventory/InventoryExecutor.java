package dev.muster.inventory;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.AuditExecutor;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketLocation;
import dev.muster.engine.Executor;
import dev.muster.inventory.dataset.DatasetStore;
import dev.muster.inventory.segment.Segment;
import dev.muster.inventory.segment.TaskRows;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Sends the requests of an audit and keeps the listed rows, those of each task in a segment of its own; and writes
 * segments into data files. Everything that it writes has a new name, so a task done twice does no harm.
 */
final class InventoryExecutor implements Executor<InventoryTask, InventoryResult> {
    private final AuditExecutor audit;
    private final InventoryDataset dataset;

    /** @param dataset closed with it */
    InventoryExecutor(AuditExecutor audit, InventoryDataset dataset) {
        this.audit = requireNonNull(audit, "audit is null");
        this.dataset = requireNonNull(dataset, "dataset is null");
    }

    @Override
    public CompletableFuture<InventoryResult> execute(InventoryTask task) {
        return task instanceof InventoryTask.WritePart write
                ? dataset.parts().write(write.segments(), newName()).thenApply(InventoryResult.Written::new)
                : list(((InventoryTask.Listing) task).work());
    }

    private CompletableFuture<InventoryResult> list(AuditTask work) {
        TaskRows rows = new TaskRows();
        CompletableFuture<AuditResult> call = audit.execute(work, rows);
        CompletableFuture<InventoryResult> result = call.thenCompose(
                found -> kept(work, rows).thenApply(segment -> new InventoryResult.Listed(found, segment)));
        var unused = result.whenComplete((found, error) -> call.cancel(true));
        return result;
    }

    private CompletableFuture<Optional<Segment>> kept(AuditTask work, TaskRows rows) {
        if (rows.rows() == 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        BucketLocation target = ((AuditTask.InBucket) work).target();
        String name = newName();
        Segment segment =
                new Segment(name, target.id(), target.region(), target.mode(), rows.rows(), rows.first(), rows.last());
        return dataset.store().write(DatasetStore.WORK + name, rows.content()).thenApply(done -> Optional.of(segment));
    }

    private static String newName() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        audit.close();
        dataset.close();
    }
}
