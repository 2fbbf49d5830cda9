package dev.muster.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.console.ProgressLine.ContactsProgressLine;
import dev.muster.cli.console.Stdout;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.policy.ContactsPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.policy.IamPolicy.PolicySource;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.JobRunner;
import dev.muster.cli.run.ReportDestination;
import dev.muster.contacts.ContactsJob;
import dev.muster.contacts.ContactsSettings;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.contacts.collect.ContactsExecutor;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.contacts.set.DesiredState;
import dev.muster.contacts.set.RollbackFile;
import dev.muster.contacts.set.SetExecutor;
import dev.muster.contacts.set.SetJob;
import dev.muster.contacts.set.SetJob.SetPartial;
import dev.muster.contacts.set.SetReport;
import dev.muster.contacts.set.SetTask;
import dev.muster.contacts.set.StateDiff;
import dev.muster.contacts.set.StateDiff.SetPreview;
import dev.muster.engine.Output;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.output.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets alternate contacts. */
@Command(
        name = "set",
        description = {
            "Sets alternate contacts from JSON lines: shows what would change, and changes it with --apply.",
            "A line has an account_id and an email_address for all three types, or a contact_type as well; name, title"
                    + " and phone may be given. What is not given stays as it is."
        },
        sortOptions = false,
        footer = {
            "",
            "Before the first change, the present contacts are written to FILE.rollback-TIME.jsonl. Set with that file"
                    + " restores them, whatever is read then: reads may be stale for a while after a change.",
            "To continue an interrupted set, give the same command: what is set already is left alone.",
            "",
            "Example: muster contacts set owners.jsonl --apply"
        })
final class ContactsSetCommand implements Callable<Integer>, PolicySource {
    private static final ContactsView VIEW = new ContactsView(ContactsFormat.JSONL, false, false, false, false, false);

    @Parameters(paramLabel = "FILE", description = "JSON lines; - reads standard input")
    Path file;

    @Option(names = "--apply", fallbackValue = "true", description = "make the changes; without it nothing is written")
    boolean apply;

    @Option(
            names = "--account-tag-key",
            paramLabel = "KEY",
            description = "also set this tag of the account to its address, where a line gives one for all types")
    String tagKey;

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 2)
    AwsOptions aws = new AwsOptions();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "simultaneous tasks, or auto: as many as the services can take (default: ${DEFAULT-VALUE})")
    String workers = "auto";

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    ContactsSetCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        JobRunner runner = new JobRunner(commandContext, CommonOptions.of(workers, console));
        RequestQuotaTable quotas = RequestQuotaTable.from(commandContext.config());
        DesiredState desiredState = read();
        try (AwsClients clients =
                new AwsClients(aws.settings(commandContext.config(), commandContext.aws(), runner.workers()))) {
            RunResult<ContactsTask, ContactsPartial> present = look(runner, clients, quotas, desiredState);
            if (!(present.end() instanceof RunEnd.Complete)) {
                return ExitCodes.of(present.end(), false);
            }
            if (present.summary().organization().isEmpty()) {
                ContactsCommand.tellNothing(
                        commandContext.console(), present.summary().failures());
                return ExitCodes.of(present.end(), ExitCodes.Found.NOTHING);
            }
            SetPreview plan = StateDiff.of(desiredState, present.summary());
            print(plan);
            return plan.changes().isEmpty() || !apply ? planned(plan) : apply(runner, clients, quotas, plan);
        }
    }

    @Override
    public IamPolicy policy() {
        return ContactsPolicy.setting(apply, tagKey != null);
    }

    /**
     * Prints the preview. Changes that could not be shown beforehand are not made; without {@code --apply} the reader
     * may stop early.
     */
    private void print(SetPreview plan) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            SetReport.write(out, plan);
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
        ReportDestination.requirePrinted(
                out, "nothing has been changed, as what would change could not be written to stdout", "");
        if (apply && Stdout.abandoned(out)) {
            throw new UserException(
                    ExitCodes.FAILED, "nothing has been changed, as nobody reads on stdout what would change");
        }
    }

    private DesiredState read() {
        try {
            byte[] bytes = fromStdin() ? System.in.readAllBytes() : Files.readAllBytes(file);
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            DesiredState desiredState = DesiredState.parse(text.lines().toList(), Optional.ofNullable(tagKey));
            if (desiredState.none() && desiredState.invalid().isEmpty()) {
                throw new UserException(
                        ExitCodes.USAGE,
                        source() + " has no lines: give one for each account, such as"
                                + " {\"account_id\": \"111111111111\", \"email_address\": \"owner@example.org\"}");
            }
            return desiredState;
        } catch (CharacterCodingException e) {
            throw new UserException(ExitCodes.USAGE, "cannot read " + source() + ": it is not UTF-8 text", e);
        } catch (IOException e) {
            throw new UserException(ExitCodes.USAGE, "cannot read " + source() + ": " + FileErrors.reason(e), e);
        }
    }

    private boolean fromStdin() {
        return file.toString().equals("-");
    }

    private String source() {
        return fromStdin() ? "standard input" : file.toString();
    }

    private RunResult<ContactsTask, ContactsPartial> look(
            JobRunner runner, AwsClients clients, RequestQuotaTable quotas, DesiredState desiredState) {
        ContactsSettings settings = new ContactsSettings(
                desiredState.selection(),
                VIEW,
                true,
                Optional.empty(),
                aws.origin(),
                quotas,
                ContactsSettings.timeout(commandContext.config()));
        int reads = settings.selection().types().size();
        return runner.runWithoutCheckpoint(
                ContactsJob.create(settings, new ContactsExecutor(clients), Output.none()),
                new ContactsProgressLine("accounts", reads, quotas.of("GetAlternateContact")));
    }

    private int planned(SetPreview plan) {
        tellInvalid(plan);
        if (!plan.changes().isEmpty()) {
            say("nothing has been changed; add --apply to make these changes");
        }
        return ExitCodes.of(new RunEnd.Complete(), plan.invalid().isEmpty());
    }

    private int apply(JobRunner runner, AwsClients clients, RequestQuotaTable quotas, SetPreview plan) {
        Path rollback = RollbackFile.beside(fromStdin() ? Path.of("stdin") : file, Instant.now());
        try {
            RollbackFile.write(rollback, plan.changes());
        } catch (IOException e) {
            throw new UserException(
                    ExitCodes.FAILED,
                    "nothing has been changed, as what is there now could not be saved to " + rollback + ": "
                            + FileErrors.reason(e),
                    e);
        }
        say("to undo the changes of this run: " + undoCommand(rollback));
        RunResult<SetTask, SetPartial> result = runner.runWithoutCheckpoint(
                SetJob.create(
                        plan, quotas, ContactsSettings.timeout(commandContext.config()), new SetExecutor(clients)),
                new ContactsProgressLine("changes", 1, quotas.of("PutAlternateContact")));
        ContactsCommand.tell(commandContext.console(), result.summary().failures(), "");
        tellInvalid(plan);
        say(result.summary().applied() + " of " + plan.changes().size() + " changes made");
        return ExitCodes.of(
                result.end(),
                result.summary().failures().isEmpty() && plan.invalid().isEmpty());
    }

    /**
     * The command that undoes the changes, with the same endpoint and credentials; tags are in the rollback file
     * itself.
     */
    private String undoCommand(Path rollback) {
        List<String> arguments = new ArrayList<>(List.of("contacts", "set", rollback.toString(), "--apply"));
        spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(option ->
                        option.type() != boolean.class && !option.longestName().equals("--account-tag-key"))
                .map(option -> option.longestName() + "=" + option.getValue())
                .forEach(arguments::add);
        return CommandContext.command(arguments);
    }

    private void tellInvalid(SetPreview plan) {
        plan.invalid().forEach(line -> commandContext
                .console()
                .line("muster: incomplete: " + source() + ": " + TerminalText.escape(line.sentence())));
    }

    private void say(String text) {
        if (!console.quiet) {
            commandContext.console().line("muster: " + text);
        }
    }
}
