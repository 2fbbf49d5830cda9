package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.CommandContext;
import dev.muster.cluster.protocol.RunView;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a run of a cluster, whoever started it. */
@Command(
        name = "attach",
        description = "Shows a run of a cluster until it ends, and prints its report, also after it has ended.",
        footer = {"", "Example: muster attach audit-20260314-091500-3f2a --join 10.0.0.5:7355"})
final class AttachCommand extends ClusterClientCommand {
    @Parameters(paramLabel = "RUN", description = "the run's name, as muster cluster status shows it")
    String run;

    @Option(
            names = "--resume",
            fallbackValue = "true",
            description = "continue a run that has ended incomplete: try again what failed, keep what was done")
    boolean resume;

    @Spec
    CommandSpec spec;

    AttachCommand(CommandContext commandContext) {
        super(commandContext);
    }

    @Override
    int call(ClusterRunner runner) {
        if (resume) {
            runner.resume(run);
        }
        RunView view = runner.view(run);
        if (view.job().isEmpty()) {
            throw new UserException(
                    ExitCodes.FAILED,
                    "run " + run + " cannot be shown now: " + view.problem().orElse("its state is unknown"));
        }
        CommandLine command = spec.root().commandLine().getSubcommands().get(view.job());
        if (command == null || !(command.getCommand() instanceof JobCommand<?, ?, ?> job)) {
            throw new UserException(
                    ExitCodes.FAILED, "this release of muster cannot show a run of muster " + view.job());
        }
        RemoteOptions.apply(view.arguments(), command);
        return job.follow(runner, run);
    }
}
