package dev.muster.cli.command;

import dev.muster.cli.option.ClusterOptions.JoinOption;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks something of a cluster. */
abstract class ClusterClientCommand implements Callable<Integer> {
    @Mixin
    JoinOption join;

    @Mixin
    ConsoleOptions console;

    final CommandContext commandContext;

    ClusterClientCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public final Integer call() {
        try (ClusterRunner runner = new ClusterRunner(commandContext, console, join.required())) {
            return call(runner);
        }
    }

    /** Asks; returns the exit code. */
    abstract int call(ClusterRunner runner);
}
