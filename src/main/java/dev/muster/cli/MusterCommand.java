package dev.muster.cli;

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
            "Exit codes: 0 complete, 1 failed, 2 wrong use, 3 incomplete, 130 interrupted."
        })
final class MusterCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "show the version")
    boolean version;

    @Spec
    CommandSpec spec;

    private final Invocation invocation;

    MusterCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.talk().line("muster: error: say what to do; see muster --help");
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
