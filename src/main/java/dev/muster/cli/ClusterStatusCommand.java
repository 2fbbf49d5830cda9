package dev.muster.cli;

import dev.muster.cluster.wire.ClusterView;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows members and runs. */
@Command(
        name = "status",
        description = "Shows the members of a cluster, and its runs with their progress.",
        footer = {"", "Example: muster cluster status --join 10.0.0.5:7355 --format json"})
final class ClusterStatusCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON
    }

    @Mixin
    JoinOption join;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE})")
    Format format;

    @Mixin
    TalkOptions talk;

    @Spec
    CommandSpec spec;

    private final Invocation invocation;

    ClusterStatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (ClusterRunner runner = new ClusterRunner(invocation, talk.quiet, false, join.required())) {
            ClusterView view = runner.cluster();
            PrintWriter out = spec.commandLine().getOut();
            out.print(format == Format.JSON ? ClusterStatus.json(view) : ClusterStatus.text(view));
            return Main.printed(out) ? ExitCodes.COMPLETE : ExitCodes.FAILED;
        }
    }
}
