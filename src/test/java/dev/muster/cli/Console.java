package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.sandbox.Estate;
import dev.muster.sandbox.PracticeAccount;
import dev.muster.sandbox.PracticeCloud;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process as a user with an own home directory would, and shows what was printed. */
final class Console {
    /** What a command came to. */
    record Result(int code, String stdout, String stderr) {
        List<String> errors() {
            return stderr.lines().toList();
        }
    }

    private final Path home;

    Console(Path home) {
        this.home = home;
    }

    Path state() {
        return home.resolve("state");
    }

    Result run(List<String> arguments) {
        StringWriter stdout = new StringWriter();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        int code = run(arguments, new PrintWriter(stdout), stderr);
        return new Result(code, stdout.toString(), stderr.toString(UTF_8));
    }

    Result run(String... arguments) {
        return run(List.of(arguments));
    }

    int run(List<String> arguments, PrintWriter stdout, ByteArrayOutputStream stderr) {
        Talk talk = new Talk(new PrintStream(stderr, true, UTF_8), false, 80);
        Map<String, String> environment = Map.of(
                "XDG_STATE_HOME",
                state().toString(),
                "XDG_CONFIG_HOME",
                home.resolve("config").toString());
        return Main.run(arguments.toArray(String[]::new), environment, stdout, talk);
    }

    /** The arguments for a command on a practice cloud by the user of its management account. */
    static List<String> on(PracticeCloud cloud, Estate estate, String... command) {
        PracticeAccount account = estate.management();
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--endpoint-url=" + cloud.endpoint());
        arguments.add("--region=" + Estate.REGION);
        arguments.add("--keyid=" + account.accessKeyId());
        arguments.add("--secret=" + account.secretAccessKey());
        return arguments;
    }
}
