package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.Main;
import dev.muster.cli.console.ClusterStatusReport;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.CommandContext;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about a cluster. */
@Command(
        name = "cluster",
        description = "Shows a cluster and ends its runs.",
        footer = {"", "Example: muster cluster status --join 10.0.0.5:7355"})
final class ClusterCommand implements Callable<Integer> {
    private final CommandContext commandContext;

    ClusterCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        commandContext.console().line("muster: error: say what to do: status or cancel; see muster cluster --help");
        return ExitCodes.USAGE;
    }

    /** Ends a run. */
    @Command(
            name = "cancel",
            description = "Ends a run of a cluster. What it has counted so far becomes its report; see muster attach.",
            footer = {"", "Example: muster cluster cancel audit-20260314-091500-3f2a --join 10.0.0.5:7355"})
    static final class ClusterCancelCommand extends ClusterClientCommand {
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

    /** Shows members and runs. */
    @Command(
            name = "status",
            description = "Shows the members of a cluster, and its runs with their progress.",
            footer = {"", "Example: muster cluster status --join 10.0.0.5:7355 --format json"})
    static final class ClusterStatusCommand extends ClusterClientCommand {
        enum Format {
            TEXT,
            JSON
        }

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "text or json (default: ${DEFAULT-VALUE})")
        Format format;

        @Spec
        CommandSpec spec;

        ClusterStatusCommand(CommandContext commandContext) {
            super(commandContext);
        }

        @Override
        int call(ClusterRunner runner) {
            ClusterView view = runner.cluster();
            PrintWriter out = spec.commandLine().getOut();
            out.print(format == Format.JSON ? ClusterStatusReport.json(view) : ClusterStatusReport.text(view));
            return Main.printed(out) ? ExitCodes.COMPLETE : ExitCodes.FAILED;
        }
    }
}
