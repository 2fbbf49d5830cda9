package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.console.Console;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeCloud;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process as a user with an own home directory would, and shows what was printed. */
public final class CapturedConsole {
    /** What a command came to. */
    public record Result(int code, String stdout, String stderr) {
        /** The lines of stderr, without those that a slow machine alone brings about. */
        public List<String> errors() {
            return stderr.lines()
                    .filter(line -> !line.startsWith("muster: still waiting for an answer: "))
                    .toList();
        }
    }

    private final Path home;

    public CapturedConsole(Path home) {
        this.home = home;
    }

    public Path state() {
        return home.resolve("state");
    }

    public Result run(List<String> arguments) {
        StringWriter stdout = new StringWriter();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        int code = run(arguments, new PrintWriter(stdout), stderr);
        return new Result(code, stdout.toString(), stderr.toString(UTF_8));
    }

    public Result run(String... arguments) {
        return run(List.of(arguments));
    }

    public int run(List<String> arguments, PrintWriter stdout, ByteArrayOutputStream stderr) {
        Console console = new Console(new PrintStream(stderr, true, UTF_8), false, 80);
        Map<String, String> environment = Map.of(
                "XDG_STATE_HOME",
                state().toString(),
                "XDG_CONFIG_HOME",
                home.resolve("config").toString());
        return Main.run(arguments.toArray(String[]::new), environment, stdout, console);
    }

    /** The arguments for a command on a practice cloud by the user of its management account. */
    public static List<String> on(PracticeCloud cloud, Estate estate, String... command) {
        PracticeAccount account = estate.management();
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--endpoint-url=" + cloud.endpoint());
        arguments.add("--region=" + Estate.REGION);
        arguments.add("--keyid=" + account.accessKeyId());
        arguments.add("--secret=" + account.secretAccessKey());
        return arguments;
    }
}
