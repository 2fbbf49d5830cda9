package dev.muster.cli.command;

import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.ContactsProgressLine;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.console.LineStream;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.ClusterOptions;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.option.ContactsOptions;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cli.policy.ContactsPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.policy.PolicySource;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.Clustered;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.ContactsRuns;
import dev.muster.cli.run.JobRunner;
import dev.muster.cli.run.NodeAws;
import dev.muster.contacts.ContactsJob;
import dev.muster.contacts.ContactsSettings;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.contacts.check.MissingReport;
import dev.muster.contacts.collect.ContactsExecutor;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsResult;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactLines;
import dev.muster.contacts.output.ContactsFormat;
import dev.muster.contacts.output.ContactsReport;
import dev.muster.contacts.output.FailureLines;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.RunEnd;
import dev.muster.engine.RunResult;
import dev.muster.output.OutputFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
public final class ContactsCommand implements Callable<Integer>, Clustered, PolicySource {
    @ArgGroup(validate = false, heading = "%nWhich contacts, and how to show them:%n", order = 1)
    ContactsOptions contacts = new ContactsOptions();

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 2)
    public AwsOptions aws = new AwsOptions();

    @Mixin
    ClusterOptions cluster;

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    public ContactsCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        contacts.validate(spec.commandLine().getParseResult());
        cluster.validate(spec.commandLine().getParseResult());
        JobRunner runner = new JobRunner(commandContext, common);
        ContactsRuns.check(contacts.output(), contacts.errors());
        try (AwsClients clients = new AwsClients(
                aws.settings(commandContext.config(), commandContext.aws(), runner.workers(), false, false))) {
            if (cluster.cluster) {
                return onCluster(clients);
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

    private int onCluster(AwsClients clients) {
        try (ClusterRunner runner = new ClusterRunner(commandContext, common.console, cluster.join.required())) {
            SortedMap<String, String> arguments = NodeAws.describe(
                    RemoteOptions.of(spec), CallerIdentity.account(clients, true, commandContext.console()), clients);
            return follow(runner, runner.submit("contacts", arguments));
        }
    }

    @Override
    public int follow(ClusterRunner runner, String run) {
        ContactsSettings settings = settings(true, aws.origin());
        return runner.follow(run, ContactsTask.class, ContactsPartial.class, progressLine(settings))
                .map(result -> report(settings, Optional.empty(), result))
                .orElse(ExitCodes.INTERRUPTED);
    }

    /** The job as the nodes of a cluster do it: the summary keeps the contacts, and no node writes any. */
    public Job<ContactsTask, ContactsResult, ContactsPartial> jobOnCluster(AwsClients clients) {
        return ContactsJob.create(settings(true, aws.origin()), new ContactsExecutor(clients), Output.none());
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
                ContactsRuns.timeout(commandContext.config()));
    }

    /** Reports a run. A file is replaced only by what a run has found that came to its end. */
    private int report(
            ContactsSettings settings, Optional<ContactLines> lines, RunResult<ContactsTask, ContactsPartial> result) {
        ContactsPartial summary = result.summary();
        boolean complete = result.end() instanceof RunEnd.Complete;
        if (result.end() instanceof RunEnd.Halted halted && halted.failure().equals(LineStream.ABANDONED)) {
            return ExitCodes.COMPLETE; // the reader has what it wanted
        }
        boolean nothing = summary.accountCount() == 0;
        boolean cameToNothing = complete
                && (summary.organization().isEmpty()
                        || (nothing && !summary.failures().isEmpty()));
        boolean noneSelected = complete && !cameToNothing && nothing && contacts.selectsByName();
        if (complete || !summary.failures().isEmpty()) {
            contacts.errors()
                    .ifPresent(file -> ContactsRuns.write(
                            Optional.of(file),
                            spec.commandLine().getOut(),
                            out -> FailureLines.writeJson(out, summary.failures())));
        }
        if (cameToNothing) {
            return ContactsRuns.cameToNothing(commandContext.console(), summary.failures());
        }
        if (noneSelected) {
            commandContext
                    .console()
                    .line("muster: error: no account matches " + contacts.filters() + "; check these options");
            return ExitCodes.USAGE;
        }
        boolean nothingMissing = true;
        if (complete || (contacts.output().isEmpty() && !nothing)) {
            nothingMissing = show(settings, lines, result);
        } else {
            tellUnpublished(lines);
        }
        String rest = contacts.errors().map(file -> "; all are in " + file).orElse("; --errors FILE writes them all");
        ContactsRuns.tell(commandContext.console(), summary.failures(), rest);
        return ContactsRuns.exitCode(result.end(), summary.failures().isEmpty() && nothingMissing);
    }

    /** Writes what was asked for, where it has not been written as it came; false if contacts are missing. */
    private boolean show(
            ContactsSettings settings, Optional<ContactLines> lines, RunResult<ContactsTask, ContactsPartial> result) {
        ContactsPartial summary = result.summary();
        if (contacts.missing) {
            MissingReport report = MissingReport.of(summary, contacts.check());
            write(report);
            return report.findings().isEmpty();
        } else if (lines.isPresent()) {
            publish(lines.get(), !result.outstanding().isEmpty());
        } else {
            ContactsRuns.write(
                    settings.output(), spec.commandLine().getOut(), out -> new ContactsReport(settings.view())
                            .write(out, summary));
        }
        return true;
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
        ContactsRuns.write(
                contacts.output(),
                spec.commandLine().getOut(),
                out -> report.write(out, contacts.formatOr(ContactsFormat.TABLE), contacts.redact));
    }
}
