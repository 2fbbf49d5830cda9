package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.run.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Groups the commands about a cluster. */
@Command(
        name = "cluster",
        description = "Shows a cluster and ends its runs.",
        footer = {"", "Example: muster cluster status --join 10.0.0.5:7355"})
public final class ClusterCommand implements Callable<Integer> {
    private final CommandContext commandContext;

    public ClusterCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        commandContext.console().line("muster: error: say what to do: status or cancel; see muster cluster --help");
        return ExitCodes.USAGE;
    }
}
