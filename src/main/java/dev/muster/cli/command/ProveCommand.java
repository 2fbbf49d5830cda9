package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.Main;
import dev.muster.cli.command.ProveJob.Tally;
import dev.muster.cli.command.ProveJob.Work;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.JobRunner;
import dev.muster.engine.RunResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Demonstrates the engine's guarantees with a toy job. */
@Command(
        name = "prove",
        description = {
            "Runs the engine on a toy job: 4 pages of 5 items, some of which fail at random.",
            "Results appear while inputs are still being produced; every input is processed; failures come out as results;"
                    + " the order of pages is roughly kept, the order within a page is not."
        },
        footer = {"", "Example: muster prove --workers 4"})
final class ProveCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    ProveCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ProveJob prove = new ProveJob(line -> {
            out.println(line);
            out.flush();
        });
        return new JobRunner(commandContext, common)
                .run(
                        prove.job(),
                        (before, now) -> now.counts().getOrDefault("items", 0L) + " items",
                        result -> report(result, out));
    }

    private static int report(RunResult<Work, Tally> result, PrintWriter out) {
        Tally tally = result.summary();
        out.printf(
                Locale.ROOT,
                "%d of %d items: %d done, %d failed%n",
                tally.done() + tally.failed(),
                ProveJob.ITEMS,
                tally.done(),
                tally.failed());
        Main.printed(out);
        return ExitCodes.of(result.end(), true);
    }
}
