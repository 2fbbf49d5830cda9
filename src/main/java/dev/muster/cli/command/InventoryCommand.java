package dev.muster.cli.command;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditScope;
import dev.muster.audit.AuditTask;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.profile.FileProfileStore;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.stats.Ranking;
import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.console.Stdout;
import dev.muster.cli.option.FilterOptions;
import dev.muster.cli.option.InventoryOptions;
import dev.muster.cli.policy.AuditPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.policy.InventoryPolicy;
import dev.muster.cli.run.AuditProfiles;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.JobRunner;
import dev.muster.cli.run.NodeAws;
import dev.muster.cli.run.ReportDestination;
import dev.muster.cluster.JobType.RunPlace;
import dev.muster.engine.Job;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.TaskException;
import dev.muster.inventory.InventoryDataset;
import dev.muster.inventory.InventoryJob;
import dev.muster.inventory.InventoryPartial;
import dev.muster.inventory.InventoryResult;
import dev.muster.inventory.InventoryTask;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.InventoryWriter;
import dev.muster.inventory.format.RowReader;
import dev.muster.output.Plural;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditFormat;
import dev.muster.report.AuditReport;
import dev.muster.report.BreakdownView;
import dev.muster.report.ReportOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Makes an inventory: a row for every object. */
@Command(
        name = "inventory",
        description = {
            "Writes every object as a row, in order of bucket and key: Parquet, JSON lines or CSV.",
            "Lists as muster audit does: exactly, in parts at once, and to be resumed at any time."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster inventory s3://logs/2024/ --output logs-2024",
            "  muster inventory --include 'logs-*' --output inventory --report audit.json",
            "  muster inventory --org --versions --format csv --output inventory",
            "  muster inventory s3://logs --format jsonl --output - | jq -r .key",
            "",
            "Read it with DuckDB: select * from 'inventory/data/*.parquet'"
        })
public final class InventoryCommand extends ListingCommand<InventoryTask, InventoryResult, InventoryPartial> {
    private static final Set<Ranking> RANKINGS = Set.of(Ranking.NEWEST);
    private static final int LISTED = 5;

    /** Enough to publish the dataset of a cluster. */
    private static final int CONNECTIONS = 8;

    @ArgGroup(validate = false, heading = "%nWhere the inventory goes, and in which form:%n", order = 2)
    InventoryOptions inventory = new InventoryOptions();

    @ArgGroup(
            validate = false,
            heading = "%nWhich objects (saves no request: a listing cannot be asked for less):%n",
            order = 3)
    FilterOptions filter = new FilterOptions();

    InventoryCommand(CommandContext commandContext) {
        super(commandContext, InventoryTask.class, InventoryResult.class, InventoryPartial.class);
    }

    @Override
    public Integer call() {
        source.validate(spec.commandLine().getParseResult());
        inventory.validate(common.resume, cluster.cluster);
        filter.validate(false);
        cluster.validate(spec.commandLine().getParseResult());
        report().ifPresent(ReportDestination::check);
        source.requireUnsigned(aws);
        try (AwsClients clients = clients(runner().workers());
                InventoryDataset dataset = dataset(clients)) {
            return cluster.cluster ? onCluster(clients, dataset) : run(clients, dataset);
        } catch (TaskException e) {
            throw new UserException(ExitCodes.USAGE, e.failure().message(), e);
        }
    }

    /** Nodes write the data files, where the client says; it publishes them at the end. */
    private int onCluster(AwsClients clients, InventoryDataset dataset) {
        dataset.begin("", inventory.force);
        return onCluster(clients, Map.of());
    }

    private int run(AwsClients clients, InventoryDataset dataset) {
        String account = CallerIdentity.account(clients, source.org, commandContext.console());
        Optional<FileProfileStore> memory = AuditProfiles.open(commandContext, source, clients);
        ProfileStore learning = memory.<ProfileStore>map(kept -> kept).orElse(ProfileStore.NONE);
        Map<String, String> origin = aws.origin(account, clients.settings().endpointOf("s3"));
        Job<InventoryTask, InventoryResult, InventoryPartial> job = job(account, clients, origin, learning, dataset);
        return begun(job, dataset).run(job, InventoryTask::description, progressLine(), result -> {
            if (result.end() instanceof RunEnd.Complete) {
                memory.ifPresent(FileProfileStore::keep);
            }
            return finish(result, dataset);
        });
    }

    /** Begins the dataset, unless an earlier run that has left a checkpoint is to go on with it. */
    private JobRunner begun(Job<InventoryTask, InventoryResult, InventoryPartial> job, InventoryDataset dataset) {
        JobRunner runner = runner();
        if (inventory.toStdout()) {
            return runner;
        }
        String request = job.arguments().toString();
        if (!common.resume) {
            dataset.begin(request, inventory.force);
            return runner;
        } else if (runner.checkpointed(job) || !dataset.begunFor(request)) {
            return runner;
        }
        dataset.begin(request, true);
        return runner.anew();
    }

    /** A runner; rows that were printed cannot be taken back, so such a run keeps no checkpoint. */
    private JobRunner runner() {
        return new JobRunner(
                inventory.toStdout() ? commandContext.unrepeatable(commandContext.arguments()) : commandContext,
                common);
    }

    /** Publishes what a run has found, and reports it. */
    private int finish(RunResult<InventoryTask, InventoryPartial> result, InventoryDataset dataset) {
        RunResult<AuditTask, AuditPartial> audited = InventoryJob.audited(result);
        if (!(result.end() instanceof RunEnd.Complete)) {
            if (result.checkpoint().isEmpty()) {
                dataset.discard();
            }
            return ExitCodes.of(result.end(), false);
        }
        List<String> unmatched = source.buckets().unmatched(audited.summary());
        AuditReport report = AuditReport.of(audited.summary(), AuditCommand.facts(audited), options(), unmatched);
        if (report.nothingRead()) {
            dataset.discard();
        } else if (inventory.toStdout()) {
            print(dataset.rows(result.summary()));
        } else {
            publish(result, report.complete(), dataset);
        }
        report().ifPresent(file -> file.write("the report", out -> AuditFormat.JSON.write(report, out)));
        return ListingOutcome.tell(commandContext.console(), audited.summary(), report, unmatched);
    }

    private void publish(
            RunResult<InventoryTask, InventoryPartial> result, boolean complete, InventoryDataset dataset) {
        try {
            InventoryDataset.Size size = dataset.publish(result.summary(), complete, result.startedAt());
            if (!common.console.quiet) {
                commandContext
                        .console()
                        .line("muster: wrote " + dataset.location() + ": " + Plural.grouped(size.rows(), "row") + ", "
                                + Plural.grouped(size.files(), "data file") + ", "
                                + SizeUnit.AUTO.format(size.bytes()));
            }
        } catch (TaskException e) {
            throw new UserException(ExitCodes.FAILED, e.failure().message(), e);
        }
    }

    /** Prints rows, until nobody reads them any more. */
    private void print(RowReader rows) {
        PrintWriter stdout = spec.commandLine().getOut();
        try (InventoryWriter writer = inventory.dataFormat().writer(Stdout.bytes(stdout))) {
            for (InventoryRow row = rows.next(); row != null && !Stdout.abandoned(stdout); row = rows.next()) {
                writer.write(row);
            }
        } catch (TaskException e) {
            throw new UserException(ExitCodes.FAILED, e.failure().message(), e);
        } catch (IOException e) {
            throw new UserException(
                    ExitCodes.FAILED,
                    "cannot write the rows to stdout: " + FileErrors.reason(e) + "; give a directory with --output",
                    e);
        }
    }

    private ReportOptions options() {
        return new ReportOptions(
                RANKINGS,
                LISTED,
                false,
                SizeUnit.BYTES,
                source.versions,
                false,
                Integer.MAX_VALUE,
                filter.filter(),
                BreakdownView.NONE);
    }

    private Optional<ReportDestination> report() {
        return inventory
                .reportFile()
                .map(file -> new ReportDestination(
                        Optional.of(file), spec.commandLine().getOut()));
    }

    private InventoryDataset dataset(AwsClients clients) {
        return inventory.toStdout()
                ? InventoryDataset.temporary(inventory.dataFormat().columns())
                : new InventoryDataset(inventory.store(clients), inventory.dataFormat());
    }

    private Job<InventoryTask, InventoryResult, InventoryPartial> job(
            String account,
            AwsClients clients,
            Map<String, String> origin,
            ProfileStore learning,
            InventoryDataset dataset) {
        AuditScope scope = source.scope(account, false, filter.filter(), clients.settings());
        TopListSettings lists =
                new TopListSettings(RANKINGS, inventory.reportFile().isPresent() ? LISTED : 0);
        return InventoryJob.of(scope, lists, clients, origin, learning, dataset);
    }

    @Override
    int reportOfCluster(RunResult<InventoryTask, InventoryPartial> result) {
        try (AwsClients clients = clients(CONNECTIONS);
                InventoryDataset dataset = dataset(clients)) {
            return finish(result, dataset);
        }
    }

    @Override
    Job<InventoryTask, InventoryResult, InventoryPartial> jobOnNode(
            SortedMap<String, String> arguments, RunPlace place, AwsClients clients) {
        return job(NodeAws.account(arguments), clients, aws.origin(), ProfileStore.NONE, dataset(clients));
    }

    @Override
    public IamPolicy policy() {
        source.validate(spec.commandLine().getParseResult());
        Optional<String> region = Optional.ofNullable(aws.region);
        return InventoryPolicy.of(AuditPolicy.of(source, false, region), inventory, region);
    }
}
