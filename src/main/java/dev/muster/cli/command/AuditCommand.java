package dev.muster.cli.command;

import dev.muster.audit.AuditJob;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditScope;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketId;
import dev.muster.audit.profile.FileProfileStore;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.console.ProgressLine.AuditProgressLine;
import dev.muster.cli.option.AuditOptions;
import dev.muster.cli.option.CheckOptions;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.FilterOptions;
import dev.muster.cli.option.SourceOptions;
import dev.muster.cli.policy.AuditPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.run.AuditProfiles;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.cli.run.CheckedResult;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.JobRunner;
import dev.muster.cli.run.NodeAws;
import dev.muster.cli.run.ReportDestination;
import dev.muster.cluster.JobType.RunPlace;
import dev.muster.engine.Job;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.output.OutputFile;
import dev.muster.output.OutputFile.OutputFileException;
import dev.muster.output.Plural;
import dev.muster.report.AuditFormat;
import dev.muster.report.AuditReport;
import dev.muster.report.AuditReport.RunFacts;
import dev.muster.report.check.AuditMetrics;
import dev.muster.report.check.Check;
import dev.muster.report.saved.ReportHistory;
import dev.muster.report.saved.SavedReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Audits buckets. */
@Command(
        name = "audit",
        description =
                "Counts every bucket of an account, or of an organization: objects, bytes, and which are the newest.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster audit --profile prod --largest --sizeunit auto",
            "  muster audit s3://logs/2024/",
            "  muster audit --include 'logs-*' --format json --output audit.json",
            "  muster audit --org --role-name Audit --byaccount"
        })
public final class AuditCommand extends JobCommand<AuditTask, AuditResult, AuditPartial> {
    @ArgGroup(validate = false, heading = "%nWhich buckets:%n", order = 1)
    SourceOptions source = new SourceOptions();

    @ArgGroup(validate = false, heading = "%nWhat to count and how to report it:%n", order = 2)
    AuditOptions audit = new AuditOptions();

    @ArgGroup(
            validate = false,
            heading = "%nWhich objects count (saves no request: a listing cannot be asked for less):%n",
            order = 3)
    FilterOptions filter = new FilterOptions();

    @Mixin
    CheckOptions failIf;

    @Mixin
    CommonOptions common;

    AuditCommand(CommandContext commandContext) {
        super(commandContext, AuditTask.class, AuditResult.class, AuditPartial.class);
    }

    @Override
    public Integer call() {
        source.validate(spec.commandLine().getParseResult());
        audit.validate(spec.commandLine().getParseResult());
        filter.validate(audit.uploads);
        cluster.validate(spec.commandLine().getParseResult());
        JobRunner runner = new JobRunner(commandContext, common);
        checks();
        destination().check();
        prepareHistory();
        source.requireUnsigned(aws);
        try (AwsClients clients = clients(runner.workers())) {
            return cluster.cluster ? onCluster(clients, Map.of()) : run(runner, clients);
        }
    }

    @Override
    ConsoleOptions console() {
        return common.console;
    }

    @Override
    AwsSettings reach(AwsSettings settings) {
        return source.reach(settings);
    }

    @Override
    ProgressLine progressLine() {
        return AuditProgressLine::line;
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
        audit.validate(spec.commandLine().getParseResult());
        if (source.unsigned) {
            throw new UserException(ExitCodes.USAGE, "muster audit --no-sign-request needs no permissions in AWS");
        }
        if (source.org) {
            commandContext
                    .console()
                    .line("muster: this is the caller's policy: the role " + source.roleName
                            + " in each account trusts the caller and needs what muster policy prints without --org");
        }
        return AuditPolicy.of(source, audit.uploads, Optional.ofNullable(aws.region));
    }

    private int run(JobRunner runner, AwsClients clients) {
        String account = CallerIdentity.account(clients, source.org, commandContext.console());
        Optional<FileProfileStore> memory = AuditProfiles.open(commandContext, source, clients);
        ProfileStore learning = memory.<ProfileStore>map(kept -> kept).orElse(ProfileStore.NONE);
        Map<String, String> origin = aws.origin(account, clients.settings().endpointOf("s3"));
        return runner.run(job(account, clients, origin, learning), AuditTask::description, progressLine(), result -> {
            if (result.end() instanceof RunEnd.Complete) {
                memory.ifPresent(FileProfileStore::keep);
            }
            return report(result);
        });
    }

    private Job<AuditTask, AuditResult, AuditPartial> job(
            String account, AwsClients clients, Map<String, String> origin, ProfileStore learning) {
        AuditScope scope = source.scope(account, audit.uploads, filter.filter(), clients.settings());
        return AuditJob.of(scope, audit.lists(), clients, origin, learning);
    }

    private int report(RunResult<AuditTask, AuditPartial> result) {
        List<String> unmatched =
                result.end() instanceof RunEnd.Complete ? source.buckets().unmatched(result.summary()) : List.of();
        AuditReport report = AuditReport.of(
                result.summary(), facts(result), audit.report(source.versions, filter.filter()), unmatched);
        boolean anything = !result.summary().accounts().isEmpty();
        if (anything || result.end() instanceof RunEnd.Complete) {
            write(report);
            audit.history().ifPresent(history -> keep(report, history));
        }
        if (!(result.end() instanceof RunEnd.Complete)) {
            return ExitCodes.of(result.end(), false);
        }
        int code = ListingOutcome.tell(commandContext.console(), result.summary(), report, unmatched);
        List<Check<SavedReport>> checks = checks();
        return checks.isEmpty() ? code : CheckedResult.of(code, report.saved(), checks, commandContext.console());
    }

    /** The checks that were asked for; refuses those of numbers that are not counted. */
    private List<Check<SavedReport>> checks() {
        List<Check<SavedReport>> checks = failIf.of(AuditMetrics.ALL);
        for (Check<SavedReport> check : checks) {
            Optional<String> needed = AuditMetrics.option(check.name());
            if ((needed.equals(Optional.of("--versions")) && !source.versions)
                    || (needed.equals(Optional.of("--uploads")) && !audit.uploads)) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "--fail-if: " + check.name() + " is only known with " + needed.get() + ": give that too");
            }
        }
        return checks;
    }

    private void prepareHistory() {
        if (audit.history().isPresent()) {
            try {
                audit.history().get().prepare();
            } catch (IOException e) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "--history: cannot make the directory " + audit.history + ": " + FileErrors.reason(e)
                                + "; choose another",
                        e);
            } catch (OutputFileException e) {
                throw new UserException(ExitCodes.USAGE, "--history: " + e.getMessage(), e);
            }
        }
    }

    private void keep(AuditReport report, ReportHistory history) {
        try {
            new OutputFile(history.file(report.run().startedAt())).write(out -> AuditFormat.JSON.write(report, out));
        } catch (OutputFileException e) {
            throw new UserException(ExitCodes.FAILED, "--history: " + e.getMessage(), e);
        }
    }

    /**
     * Facts of a run, and what is missing if it ended early. Probes count nothing: a bucket with only probes left is
     * counted completely.
     */
    public static RunFacts facts(RunResult<AuditTask, AuditPartial> result) {
        Set<String> accounts = result.outstanding().stream()
                .filter(AuditTask.InAccount.class::isInstance)
                .map(AuditTask::account)
                .collect(Collectors.toSet());
        Set<BucketId> buckets = result.outstanding().stream()
                .filter(task -> task.gap().isPresent())
                .filter(AuditTask.InBucket.class::isInstance)
                .map(task -> ((AuditTask.InBucket) task).target().id())
                .collect(Collectors.toSet());
        return new RunFacts(
                result.end() instanceof RunEnd.Complete,
                result.end() instanceof RunEnd.Interrupted,
                result.startedAt(),
                result.elapsed(),
                result.stats().tries(),
                accounts,
                buckets);
    }

    private ReportDestination destination() {
        return new ReportDestination(audit.file(), spec.commandLine().getOut());
    }

    private void write(AuditReport report) {
        destination().write("the report", out -> audit.format.write(report, out));
        if (audit.file().isPresent() && !common.console.quiet) {
            commandContext
                    .console()
                    .line("muster: wrote " + audit.file().get() + ": "
                            + Plural.counted(report.buckets().size(), "bucket") + ", "
                            + Plural.counted(report.total().tally().current().objects(), "object"));
        }
    }
}
