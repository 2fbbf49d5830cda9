package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a run. */
@Command(
        name = "cancel",
        description = "Ends a run of a cluster. What it has counted so far becomes its report; see muster attach.",
        footer = {"", "Example: muster cluster cancel audit-20260314-091500-3f2a --join 10.0.0.5:7355"})
final class ClusterCancelCommand extends ClusterClientCommand {
    @Parameters(paramLabel = "RUN", description = "the run's name, as muster cluster status shows it")
    String run;

    ClusterCancelCommand(CommandContext commandContext) {
        super(commandContext);
    }

    @Override
    int call(ClusterRunner runner) {
        boolean ended = runner.cancel(run).ended();
        if (!console.quiet) {
            commandContext.console().line("muster: run " + run + (ended ? " has ended already" : " ends"));
        }
        return ExitCodes.COMPLETE;
    }
}
