package dev.muster.cli.command;

import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.console.LineStream;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.console.ProgressLine.ContactsProgressLine;
import dev.muster.cli.option.CheckOptions;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.ContactsOptions;
import dev.muster.cli.policy.ContactsPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.run.CheckedResult;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.JobRunner;
import dev.muster.cli.run.ReportDestination;
import dev.muster.cluster.JobType.RunPlace;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.ContactsJob;
import dev.muster.contacts.ContactsSettings;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.contacts.check.ContactsMetrics;
import dev.muster.contacts.check.ContactsPage;
import dev.muster.contacts.check.MissingReport;
import dev.muster.contacts.collect.ContactsExecutor;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsResult;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactLines;
import dev.muster.contacts.output.ContactsReport;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.contacts.output.FailureLines;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.output.OutputFile.OutputFileException;
import dev.muster.output.check.Check;
import dev.muster.store.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks up contacts. */
@Command(
        name = "contacts",
        description = "Writes every contact of every account of an organization, one JSON line each.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster contacts --output contacts.jsonl",
            "  muster contacts --pivot --sort --format csv --states ACTIVE",
            "  muster contacts --missing --domain example.org",
            "  muster contacts set owners.jsonl --apply"
        })
final class ContactsCommand extends JobCommand<ContactsTask, ContactsResult, ContactsPartial> {
    @ArgGroup(validate = false, heading = "%nWhich contacts, and how to show them:%n", order = 1)
    ContactsOptions contacts = new ContactsOptions();

    @Mixin
    CheckOptions failIf;

    @Mixin
    CommonOptions common;

    ContactsCommand(CommandContext commandContext) {
        super(commandContext, ContactsTask.class, ContactsResult.class, ContactsPartial.class);
    }

    @Override
    public Integer call() {
        contacts.validate(spec.commandLine().getParseResult());
        cluster.validate(spec.commandLine().getParseResult());
        JobRunner runner = new JobRunner(commandContext, common);
        checks();
        checkFiles();
        try (AwsClients clients = clients(runner.workers())) {
            if (cluster.cluster) {
                return onCluster(clients, Map.of());
            }
            Map<String, String> origin = aws.origin("", clients.settings().endpointOf("organizations"));
            return run(runner, settings(contacts.missing, origin), clients);
        }
    }

    @Override
    public IamPolicy policy() {
        contacts.validate(spec.commandLine().getParseResult());
        return ContactsPolicy.reading(contacts.selection());
    }

    @Override
    ConsoleOptions console() {
        return common.console;
    }

    @Override
    ProgressLine progressLine() {
        return progressLine(collecting());
    }

    @Override
    int reportOfCluster(RunResult<ContactsTask, ContactsPartial> result) {
        return report(collecting(), Optional.empty(), result);
    }

    /**
     * The job on a node, whose summary keeps the contacts: they come to the client at the end, and no node writes any.
     */
    @Override
    Job<ContactsTask, ContactsResult, ContactsPartial> jobOnNode(
            SortedMap<String, String> arguments, RunPlace place, AwsClients clients) {
        return ContactsJob.create(collecting(), new ContactsExecutor(clients), Output.none());
    }

    private ContactsSettings collecting() {
        return settings(true, aws.origin());
    }

    /** The checks that were asked for; refuses those of numbers that are not known. */
    private List<Check<ContactsPartial>> checks() {
        List<Check<ContactsPartial>> checks = failIf.of(ContactsMetrics.of(contacts.check()));
        if (!contacts.missing) {
            checks.stream()
                    .map(Check::name)
                    .filter(ContactsMetrics::isJudged)
                    .findFirst()
                    .ifPresent(name -> {
                        throw new UserException(
                                ExitCodes.USAGE, "--fail-if: " + name + " is only known with --missing: give that too");
                    });
        }
        return checks;
    }

    private void checkFiles() {
        ReportDestination output = destination(contacts.output());
        ReportDestination errors = destination(contacts.errors());
        output.check();
        errors.check();
        if (output.isSameAs(errors)) {
            throw new UserException(ExitCodes.USAGE, "--output and --errors are the same file: give a file for each");
        }
    }

    /** A destination for personal data, which only its owner may read. */
    private ReportDestination destination(Optional<Path> file) {
        return new ReportDestination(file, spec.commandLine().getOut(), PrivateFiles.file());
    }

    private int run(JobRunner runner, ContactsSettings settings, AwsClients clients) {
        Optional<ContactLines> lines = lines(settings);
        try (Output<ContactsPartial> output =
                lines.<Output<ContactsPartial>>map(l -> l).orElseGet(Output::none)) {
            return runner.run(
                    ContactsJob.create(settings, new ContactsExecutor(clients), output),
                    ContactsTask::description,
                    progressLine(settings),
                    result -> report(settings, lines, result));
        }
    }

    private static ProgressLine progressLine(ContactsSettings settings) {
        return new ContactsProgressLine(
                "accounts",
                settings.selection().types().size(),
                settings.quotas().of("GetAlternateContact"));
    }

    private Optional<ContactLines> lines(ContactsSettings settings) {
        try {
            return ContactsJob.lines(settings, new LineStream(spec.commandLine().getOut()));
        } catch (IOException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot write contacts to " + contacts.output().orElseThrow() + ": " + FileErrors.reason(e),
                    e);
        }
    }

    private ContactsSettings settings(boolean keeps, Map<String, String> origin) {
        RequestQuotaTable quotas = RequestQuotaTable.from(commandContext.config());
        return new ContactsSettings(
                contacts.selection(),
                contacts.view(),
                keeps,
                contacts.output(),
                origin,
                quotas,
                ContactsSettings.timeout(commandContext.config()));
    }

    /** Reports a run. A file is replaced only by the results of a run that came to its end. */
    private int report(
            ContactsSettings settings, Optional<ContactLines> lines, RunResult<ContactsTask, ContactsPartial> result) {
        ContactsPartial summary = result.summary();
        boolean complete = result.end() instanceof RunEnd.Complete;
        if (result.end() instanceof RunEnd.Halted halted && halted.failure().equals(LineStream.ABANDONED)) {
            return ExitCodes.COMPLETE; // the reader of stdout has seen enough
        }
        boolean nothing = summary.accountCount() == 0;
        boolean cameToNothing = complete
                && (summary.organization().isEmpty()
                        || (nothing && !summary.failures().isEmpty()));
        if (contacts.errors().isPresent() && (complete || !summary.failures().isEmpty())) {
            destination(contacts.errors())
                    .write("the failures", out -> FailureLines.writeJson(out, summary.failures()));
        }
        if (cameToNothing) {
            tellNothing(commandContext.console(), summary.failures());
            return ExitCodes.of(result.end(), ExitCodes.Found.NOTHING);
        }
        if (complete && nothing && contacts.selectsByName()) {
            commandContext
                    .console()
                    .line("muster: error: no account matches " + contacts.filters() + "; check these options");
            return ExitCodes.of(result.end(), ExitCodes.Found.NO_MATCH);
        }
        if (complete || (contacts.output().isEmpty() && !nothing)) {
            show(settings, lines, result);
        } else {
            tellUnpublished(lines);
        }
        String rest = contacts.errors().map(file -> "; all are in " + file).orElse("; --errors FILE writes them all");
        tell(commandContext.console(), summary.failures(), rest);
        List<Check<ContactsPartial>> checks = checks();
        boolean judged = contacts.missing && checks.isEmpty();
        boolean inOrder = !judged
                || MissingReport.of(summary, contacts.check()).findings().isEmpty();
        int code = ExitCodes.of(result.end(), summary.failures().isEmpty() && inOrder);
        return CheckedResult.of(code, summary, checks, commandContext.console());
    }

    /** Writes the report, unless it was written as it came. */
    private void show(
            ContactsSettings settings, Optional<ContactLines> lines, RunResult<ContactsTask, ContactsPartial> result) {
        ContactsPartial summary = result.summary();
        if (settings.view().format() == ContactsFormat.HTML) {
            destination(settings.output())
                    .write("the contacts", new ContactsPage(summary, contacts.check(), settings.view())::write);
        } else if (contacts.missing) {
            write(MissingReport.of(summary, contacts.check()));
        } else if (lines.isPresent()) {
            publish(lines.get(), !result.outstanding().isEmpty());
        } else {
            destination(settings.output())
                    .write("the contacts", out -> new ContactsReport(settings.view()).write(out, summary));
        }
    }

    private static void publish(ContactLines lines, boolean resumable) {
        try {
            lines.publish(resumable);
        } catch (UncheckedIOException | OutputFileException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
    }

    private void tellUnpublished(Optional<ContactLines> lines) {
        contacts.output().ifPresent(file -> {
            String found = lines.flatMap(ContactLines::waiting)
                    .map(waiting -> "; the contacts found so far are in " + waiting)
                    .orElse("");
            commandContext.console().line("muster: " + file + " is left as it was" + found);
        });
    }

    private void write(MissingReport report) {
        destination(contacts.output())
                .write(
                        "the report",
                        out -> report.write(out, contacts.formatOr(ContactsFormat.TABLE), contacts.redact));
    }

    /** Reports on stderr why nothing could be found. */
    static void tellNothing(Console console, List<ContactFailure> failures) {
        FailureLines.sentences(failures, "").forEach(line -> console.line("muster: error: " + line));
    }

    /**
     * Reports on stderr what was given up, each cause once.
     *
     * @param rest note on where to find those that are not named; may be empty
     */
    static void tell(Console console, List<ContactFailure> failures, String rest) {
        FailureLines.sentences(failures, rest).forEach(line -> console.line("muster: incomplete: " + line));
    }
}
