package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.option.ConsoleOptions;
import dev.muster.cli.option.JoinOption;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.Clustered;
import dev.muster.cli.run.CommandContext;
import dev.muster.cluster.protocol.RunView;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a run that a cluster does, whoever started it. */
@Command(
        name = "attach",
        description = "Shows a run of a cluster until it ends, and prints its report, also after it has ended.",
        footer = {"", "Example: muster attach audit-20260314-091500-3f2a --join 10.0.0.5:7355"})
public final class AttachCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "the run's name, as muster cluster status shows it")
    String run;

    @Mixin
    JoinOption join;

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    public AttachCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        try (ClusterRunner runner = new ClusterRunner(commandContext, console, join.required())) {
            RunView view = runner.view(run);
            if (view.job().isEmpty()) {
                throw new UserException(
                        ExitCodes.FAILED,
                        "run " + run + " cannot be shown now: " + view.problem().orElse("its state is unknown"));
            }
            CommandLine command = spec.root().commandLine().getSubcommands().get(view.job());
            if (command == null || !(command.getCommand() instanceof Clustered clustered)) {
                throw new UserException(
                        ExitCodes.FAILED, "this release of muster cannot show a run of muster " + view.job());
            }
            RemoteOptions.apply(view.arguments(), command);
            return clustered.follow(runner, run);
        }
    }
}
