package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.run.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself. */
@Command(
        name = "muster",
        description = "Takes stock of an AWS estate.",
        versionProvider = MusterCommand.Version.class,
        footer = {
            "",
            "New here? Try: muster demo",
            "Exit codes: 0 complete, 1 failed, 2 wrong use, 3 incomplete, 4 a check failed, 130 interrupted."
        })
public final class MusterCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    boolean version;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    public MusterCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        commandContext.console().line("muster: error: say what to do; see " + CommandContext.program() + " --help");
        return ExitCodes.USAGE;
    }

    /** Reads the version from the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = MusterCommand.class.getPackage().getImplementationVersion();
            return new String[] {"muster " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
