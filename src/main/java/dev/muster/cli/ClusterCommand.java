package dev.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks after a cluster. */
@Command(
        name = "cluster",
        description = "Shows a cluster and ends its runs.",
        footer = {"", "Example: muster cluster status --join 10.0.0.5:7355"})
final class ClusterCommand implements Callable<Integer> {
    private final Invocation invocation;

    ClusterCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.talk().line("muster: error: say what to do: status or cancel; see muster cluster --help");
        return ExitCodes.USAGE;
    }
}
