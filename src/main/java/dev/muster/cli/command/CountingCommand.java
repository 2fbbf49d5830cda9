package dev.muster.cli.command;

import dev.muster.audit.AuditJob;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditScope;
import dev.muster.audit.AuditTask;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.audit.profile.FileProfileStore;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.RowProgress;
import dev.muster.cli.live.LivePage;
import dev.muster.cli.option.BreakdownOptions;
import dev.muster.cli.option.FilterOptions;
import dev.muster.cli.option.ReportFormatOptions;
import dev.muster.cli.policy.AuditPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.run.AuditProfiles;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.InventoryLocation;
import dev.muster.cli.run.JobRunner;
import dev.muster.cli.run.NodeAws;
import dev.muster.cli.run.ReportDestination;
import dev.muster.cluster.HostPort;
import dev.muster.cluster.JobType.RunPlace;
import dev.muster.engine.Job;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.inventory.source.InventoryReader;
import dev.muster.inventory.source.InventoryTally;
import dev.muster.output.Plural;
import dev.muster.report.AuditReport;
import dev.muster.report.AuditReport.RunFacts;
import dev.muster.report.ReportOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ParseResult;

/** A command that counts the objects of buckets and reports what it has counted. */
abstract class CountingCommand extends ListingCommand<AuditTask, AuditResult, AuditPartial> {
    @ArgGroup(validate = false, heading = "%nTotals per prefix and per group:%n", order = 3)
    BreakdownOptions breakdown = new BreakdownOptions();

    @ArgGroup(
            validate = false,
            heading = "%nWhich objects count (saves no request: a listing cannot be asked for less):%n",
            order = 4)
    FilterOptions filter = new FilterOptions();

    @ArgGroup(validate = false, heading = "%nThe report:%n", order = 5)
    ReportFormatOptions format = new ReportFormatOptions();

    /** Page of the run, if one was asked for. */
    private Optional<LivePage> page = Optional.empty();

    CountingCommand(CommandContext commandContext) {
        super(commandContext, AuditTask.class, AuditResult.class, AuditPartial.class);
    }

    /** Checks the options that this command has beside those of its kind. */
    abstract void validateOwn(ParseResult given);

    /** Tells whether its report is about prefixes, whatever the options. */
    abstract boolean ofPrefixes();

    /** Tells whether incomplete uploads are counted. */
    abstract boolean uploads();

    /** Place of the inventory to report on; empty where buckets are to be listed. */
    Optional<String> inventory() {
        return Optional.empty();
    }

    /** The lists to make, and the tables. */
    abstract TopListSettings lists(BreakdownSettings tables);

    abstract ReportOptions reportOptions();

    /** Does what was asked for instead of a run, if anything was, and gives the exit code. */
    Optional<Integer> insteadOfRun() {
        return Optional.empty();
    }

    /** Prepares what a command needs besides, before the run. */
    void prepare() {}

    /** Address of the page that shows a run on this machine; empty if none is wanted. */
    Optional<HostPort> serve() {
        return Optional.empty();
    }

    /** Does what is to be done once the report is written. */
    void written(AuditReport report) {}

    /** The exit code of a run that has ended, given the one by what could be read. */
    int checked(int code, AuditReport report) {
        return code;
    }

    /** Writes the report in the requested format. */
    abstract void write(AuditReport report, Appendable out) throws IOException;

    @Override
    public Integer call() {
        source.validate(spec.commandLine().getParseResult());
        validate(spec.commandLine().getParseResult());
        cluster.validate(spec.commandLine().getParseResult());
        JobRunner runner = new JobRunner(commandContext, common);
        Optional<Integer> other = insteadOfRun();
        if (other.isPresent()) {
            return other.get();
        }
        destination().check();
        prepare();
        if (inventory().isPresent()) {
            return ofInventory(inventory().get(), runner);
        }
        source.requireUnsigned(aws);
        try (AwsClients clients = clients(runner.workers())) {
            return cluster.cluster ? onCluster(clients, Map.of()) : watched(runner, clients);
        }
    }

    @Override
    int reportOfCluster(RunResult<AuditTask, AuditPartial> result) {
        return report(result);
    }

    @Override
    Job<AuditTask, AuditResult, AuditPartial> jobOnNode(
            SortedMap<String, String> arguments, RunPlace place, AwsClients clients) {
        return job(NodeAws.account(arguments), clients, aws.origin(), ProfileStore.NONE);
    }

    @Override
    public IamPolicy policy() {
        source.validate(spec.commandLine().getParseResult());
        validate(spec.commandLine().getParseResult());
        if (source.unsigned) {
            throw new UserException(
                    ExitCodes.USAGE, spec.qualifiedName() + " --no-sign-request needs no permissions in AWS");
        }
        if (source.org) {
            commandContext
                    .console()
                    .line("muster: this is the caller's policy: the role " + source.roleName
                            + " in each account trusts the caller and needs what muster policy prints without --org");
        }
        return AuditPolicy.of(source, uploads(), Optional.ofNullable(aws.region));
    }

    private int watched(JobRunner runner, AwsClients clients) {
        if (serve().isEmpty()) {
            return run(runner, clients);
        }
        try (LivePage opened = LivePage.open(serve().get())) {
            page = Optional.of(opened);
            commandContext.console().line("muster: the run is shown at " + opened.url());
            if (!serve().get().isLoopback()) {
                commandContext
                        .console()
                        .line(
                                "muster: warning: the page is open to anyone who can reach it, and shows names of buckets");
            }
            return run(runner, clients);
        }
    }

    private int run(JobRunner runner, AwsClients clients) {
        String account = CallerIdentity.account(clients, source.org, commandContext.console());
        Optional<FileProfileStore> memory = AuditProfiles.open(commandContext, source, clients);
        ProfileStore learning = memory.<ProfileStore>map(kept -> kept).orElse(ProfileStore.NONE);
        Map<String, String> origin = aws.origin(account, clients.settings().endpointOf("s3"));
        Job<AuditTask, AuditResult, AuditPartial> job = job(account, clients, origin, learning);
        return runner.run(
                page.map(shown -> shown.watching(job)).orElse(job),
                AuditTask::description,
                progressLine(),
                run -> page.ifPresent(shown -> shown.follow(run)),
                result -> {
                    if (result.end() instanceof RunEnd.Complete) {
                        memory.ifPresent(FileProfileStore::keep);
                    }
                    return report(result);
                });
    }

    /** Reports on an inventory as on a run that has listed the buckets that are in it. */
    private int ofInventory(String place, JobRunner runner) {
        Instant start = Instant.now();
        RowProgress progress = new RowProgress(commandContext.console(), common.console.showsProgress());
        try (InventoryLocation location = new InventoryLocation(place, () -> clients(runner.workers()));
                InventoryReader rows = new InventoryReader(location.files(), InventoryTally.COLUMNS)) {
            long created = rows.manifest().createdMillis();
            Instant asOf = created > 0 ? Instant.ofEpochMilli(created) : start;
            TopListSettings lists = lists(breakdown.settings(""));
            InventoryTally tally = new InventoryTally(
                    lists.tally(asOf.toEpochMilli()),
                    source.versions,
                    filter.filter().at(asOf.toEpochMilli()));
            rows.forEach(tally::add, progress);
            AuditPartial found = tally.partial(rows.manifest(), location.files().place());
            Duration elapsed = Duration.between(start, Instant.now());
            return report(
                    new RunResult<>(
                            new RunEnd.Complete(), found, Stats.NONE, List.of(), start, elapsed, Optional.empty()),
                    List.of());
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        } finally {
            progress.end();
        }
    }

    private Job<AuditTask, AuditResult, AuditPartial> job(
            String account, AwsClients clients, Map<String, String> origin, ProfileStore learning) {
        AuditScope scope = source.scope(account, uploads(), filter.filter(), clients.settings());
        return AuditJob.of(spec.name(), scope, lists(breakdown.settings(source.prefix())), clients, origin, learning);
    }

    private int report(RunResult<AuditTask, AuditPartial> result) {
        return report(
                result,
                result.end() instanceof RunEnd.Complete ? source.buckets().unmatched(result.summary()) : List.of());
    }

    /** @param unmatched patterns for names of buckets that matched none */
    private int report(RunResult<AuditTask, AuditPartial> result, List<String> unmatched) {
        AuditReport report = AuditReport.of(result.summary(), facts(result), reportOptions(), unmatched);
        boolean anything = !result.summary().accounts().isEmpty();
        if (anything || result.end() instanceof RunEnd.Complete) {
            write(report);
            written(report);
        }
        int code = result.end() instanceof RunEnd.Complete
                ? checked(ListingOutcome.tell(commandContext.console(), result.summary(), report, unmatched), report)
                : ExitCodes.of(result.end(), false);
        page.ifPresent(shown -> shown.finished(result, report));
        return code;
    }

    /** Facts of a run, and what is missing if it ended early. */
    public static RunFacts facts(RunResult<AuditTask, AuditPartial> result) {
        return RunFacts.of(
                result.end() instanceof RunEnd.Complete,
                result.end() instanceof RunEnd.Interrupted,
                result.startedAt(),
                result.elapsed(),
                result.stats().tries(),
                result.outstanding());
    }

    private void validate(ParseResult given) {
        format.validate(given);
        breakdown.validate(given, format.format, ofPrefixes());
        filter.validate(uploads());
        validateOwn(given);
    }

    final ReportDestination destination() {
        return new ReportDestination(format.file(), spec.commandLine().getOut());
    }

    private void write(AuditReport report) {
        destination().write("the report", out -> write(report, out));
        if (format.file().isPresent() && !common.console.quiet) {
            commandContext
                    .console()
                    .line("muster: wrote " + format.file().get() + ": "
                            + Plural.grouped(report.buckets().size(), "bucket") + ", "
                            + Plural.grouped(report.total().tally().current().objects(), "object"));
        }
    }
}
