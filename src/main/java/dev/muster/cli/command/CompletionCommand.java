package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.usage.BashCompletion;
import dev.muster.cli.usage.FishCompletion;
import dev.muster.cli.usage.ZshCompletion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes commands, options and their values. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands, options and their values in a shell.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  source <(muster completion bash)",
            "  muster completion zsh > \"$fpath[1]/_muster\"",
            "  muster completion fish > ~/.config/fish/completions/muster.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    Shell shell;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine program = spec.parent().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (shell) {
                    case BASH -> BashCompletion.script(program);
                    case ZSH -> ZshCompletion.script(program);
                    case FISH -> FishCompletion.script(program);
                });
        return ExitCodes.COMPLETE;
    }
}
