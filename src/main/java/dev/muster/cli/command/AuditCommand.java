package dev.muster.cli.command;

import dev.muster.audit.TopListSettings;
import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.option.AuditOptions;
import dev.muster.cli.option.CheckOptions;
import dev.muster.cli.option.CostOptions;
import dev.muster.cli.run.CheckedResult;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.EarlierRuns;
import dev.muster.cluster.HostPort;
import dev.muster.output.OutputFile;
import dev.muster.output.OutputFile.OutputFileException;
import dev.muster.output.check.Check;
import dev.muster.report.AuditFormat;
import dev.muster.report.AuditReport;
import dev.muster.report.ReportOptions;
import dev.muster.report.RunEstimate;
import dev.muster.report.check.AuditMetrics;
import dev.muster.report.cost.CostTerms;
import dev.muster.report.saved.ReportHistory;
import dev.muster.report.saved.SavedReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;

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
            "  muster audit --org --role-name Audit --byaccount",
            "  muster audit --depth 2 --min-share 1%% --group-by extension",
            "  muster audit --versions --uploads --cost --output report.html"
        })
public final class AuditCommand extends CountingCommand {
    @ArgGroup(validate = false, heading = "%nWhat to count:%n", order = 2)
    AuditOptions audit = new AuditOptions();

    @ArgGroup(validate = false, heading = "%nWhat it costs:%n", order = 6)
    CostOptions cost = new CostOptions();

    @Mixin
    CheckOptions failIf;

    AuditCommand(CommandContext commandContext) {
        super(commandContext);
    }

    @Override
    void validateOwn(ParseResult given) {
        audit.validate(given, format.format);
        cost.validate();
        checks();
    }

    @Override
    void prepare() {
        audit.history().ifPresent(this::prepare);
    }

    @Override
    void written(AuditReport report) {
        audit.history().ifPresent(history -> keep(report, history));
    }

    @Override
    int checked(int code, AuditReport report) {
        List<Check<SavedReport>> checks = checks();
        return checks.isEmpty() ? code : CheckedResult.of(code, report.saved(), checks, commandContext.console());
    }

    @Override
    Optional<String> inventory() {
        return audit.fromInventory();
    }

    @Override
    Optional<HostPort> serve() {
        return audit.serve();
    }

    @Override
    boolean ofPrefixes() {
        return false;
    }

    @Override
    boolean uploads() {
        return audit.uploads;
    }

    @Override
    TopListSettings lists(BreakdownSettings tables) {
        return audit.lists(tables, cost.cost);
    }

    @Override
    ReportOptions reportOptions() {
        ReportOptions options = audit.report(source, format, filter.filter(), breakdown.view());
        return cost.cost ? options.with(costTerms()) : options;
    }

    @Override
    void write(AuditReport report, Appendable out) throws IOException {
        format.format.write(report, out);
    }

    private CostTerms costTerms() {
        AwsSettings settings = aws.settings(commandContext.config(), commandContext.aws(), 1);
        return cost.terms(source, audit.uploads, filter.filter(), settings);
    }

    @Override
    Optional<Integer> insteadOfRun() {
        if (!cost.estimate) {
            return Optional.empty();
        }
        if (format.format != AuditFormat.TEXT || inventory().isPresent()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--estimate is text, and of listings: leave out "
                            + (inventory().isPresent() ? "--from-inventory" : "--format"));
        }
        RunEstimate estimate =
                new EarlierRuns(commandContext, source, costTerms()).estimate(audit.history(), this::clients);
        destination().write("the estimate", estimate::write);
        return Optional.of(ExitCodes.COMPLETE);
    }

    private AwsClients clients() {
        return clients(1);
    }

    /** The checks that were asked for; refuses those of numbers that are not counted. */
    private List<Check<SavedReport>> checks() {
        List<Check<SavedReport>> checks = failIf.of(AuditMetrics.ALL);
        for (Check<SavedReport> check : checks) {
            Optional<String> needed = AuditMetrics.option(check.name());
            if ((needed.equals(Optional.of("--cost")) && !cost.cost)
                    || (needed.equals(Optional.of("--versions")) && !source.versions)
                    || (needed.equals(Optional.of("--uploads")) && !audit.uploads)) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "--fail-if: " + check.name() + " is only known with " + needed.get() + ": give that too");
            }
        }
        return checks;
    }

    private void prepare(ReportHistory history) {
        try {
            history.prepare();
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

    private void keep(AuditReport report, ReportHistory history) {
        try {
            new OutputFile(history.file(report.run().startedAt())).write(out -> AuditFormat.JSON.write(report, out));
        } catch (OutputFileException e) {
            throw new UserException(ExitCodes.FAILED, "--history: " + e.getMessage(), e);
        }
    }
}
