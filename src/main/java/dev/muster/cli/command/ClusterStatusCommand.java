package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.Main;
import dev.muster.cli.console.ClusterStatusReport;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.CommandContext;
import dev.muster.cluster.protocol.ClusterView;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows members and runs. */
@Command(
        name = "status",
        description = "Shows the members of a cluster, and its runs with their progress.",
        footer = {"", "Example: muster cluster status --join 10.0.0.5:7355 --format json"})
final class ClusterStatusCommand extends ClusterClientCommand {
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
