package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.Main;
import dev.muster.cli.UserException;
import dev.muster.cli.policy.IamPolicy.PolicySource;
import dev.muster.cli.run.CommandContext;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Prints the permissions that another command needs, without running it and without asking AWS anything. */
@Command(
        name = "policy",
        description = {
            "Prints the least IAM policy with which a command with these options can do its work, as JSON.",
            "Nothing is asked of AWS: an account or region that the options do not tell is * in the policy."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster policy audit --versions --include 'logs-*'",
            "  muster policy events --queue events --bucket logs --region us-west-2",
            "  muster policy contacts --primary"
        })
final class PolicyCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "COMMAND [OPTION]", description = "the command, as it will be run")
    List<String> command;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    PolicyCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ParseResult parsed =
                Main.commandLine(commandContext.unrepeatable(command), out).parseArgs(command.toArray(String[]::new));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        if (CommandLine.printHelpIfRequested(parsed)) {
            return ExitCodes.COMPLETE;
        }
        if (!(parsed.commandSpec().userObject() instanceof PolicySource source)) {
            throw new UserException(
                    ExitCodes.USAGE,
                    parsed.commandSpec().qualifiedName()
                            + " needs no permissions in AWS: give one of audit, du, inventory, compare, duplicates,"
                            + " contacts, contacts set, events, events backfill, node");
        }
        out.println(source.policy().json());
        return ExitCodes.COMPLETE;
    }
}
