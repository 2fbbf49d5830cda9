package dev.muster.inventory;

import dev.muster.audit.AuditExecutor;
import dev.muster.audit.AuditJob;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditPlan;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditScope;
import dev.muster.audit.AuditSummary;
import dev.muster.audit.AuditTask;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.s3.ListingParser.ListingDetail;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.RunResult;
import dev.muster.inventory.dataset.DatasetFormat;
import dev.muster.inventory.format.InventoryColumn;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Assembles an inventory for the engine: an audit that keeps the rows. */
public final class InventoryJob {
    /** Timeout for writing a data file of a million rows over a slow connection to S3. */
    private static final Duration WRITING = Duration.ofMinutes(10);

    private InventoryJob() {}

    /**
     * An inventory.
     *
     * @param origin identity of the estate; one of the arguments that a checkpoint is checked against
     * @param learning what earlier runs have learned about buckets
     * @param dataset the dataset of the run; closed with the job's executor
     */
    public static Job<InventoryTask, InventoryResult, InventoryPartial> of(
            AuditScope scope,
            TopListSettings lists,
            AwsClients clients,
            Map<String, String> origin,
            ProfileStore learning,
            InventoryDataset dataset) {
        DatasetFormat format = dataset.format();
        Job<AuditTask, AuditResult, AuditPartial> audit = AuditJob.of(scope, lists, clients, origin, learning);
        SortedMap<String, String> arguments = new TreeMap<>(audit.arguments());
        arguments.put("output", dataset.store().location());
        arguments.put("format", format.format().label());
        arguments.put("compression", format.compression().toString());
        arguments.put("columns", format.columns().toString());
        boolean owners = format.columns().contains(InventoryColumn.OWNER);
        AuditExecutor executor = new AuditExecutor(
                clients, scope, lists, learning, owners ? ListingDetail.WITH_OWNERS : ListingDetail.ALL);
        return new Job<>(
                "inventory",
                arguments,
                new InventoryPlan((AuditPlan) audit.plan(), WRITING, dataset.inDataFiles()),
                new InventoryExecutor(executor, dataset),
                new InventorySummary((AuditSummary) audit.summary()),
                dataset.inDataFiles() ? Output.byTasks() : Output.none(),
                InventoryTask.class,
                InventoryPartial.class);
    }

    /** The result of the run as that of an audit. */
    public static RunResult<AuditTask, AuditPartial> audited(RunResult<InventoryTask, InventoryPartial> result) {
        return new RunResult<>(
                result.end(),
                result.summary().audit(),
                result.stats(),
                result.outstanding().stream()
                        .filter(InventoryTask.Listing.class::isInstance)
                        .map(task -> ((InventoryTask.Listing) task).work())
                        .toList(),
                result.startedAt(),
                result.elapsed(),
                result.checkpoint());
    }
}
