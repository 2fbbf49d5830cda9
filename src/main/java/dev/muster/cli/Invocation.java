package dev.muster.cli;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import java.util.List;

/**
 * What a command was called with.
 *
 * @param arguments as given, in today's spelling
 */
record Invocation(Config config, Talk talk, List<String> arguments) {
    private static final String SECRET = "$AWS_SECRET_ACCESS_KEY";

    Invocation {
        requireNonNull(config, "config is null");
        requireNonNull(talk, "talk is null");
        arguments = List.copyOf(arguments);
    }

    /** The command that goes on with this one's run, for a shell; the secret is left to the environment. */
    String resumeCommand() {
        StringBuilder command = new StringBuilder("muster");
        boolean secret = false;
        for (String argument : arguments) {
            command.append(' ').append(secret ? SECRET : quoted(withoutSecret(argument)));
            secret = argument.equals("--secret");
        }
        return arguments.contains("--resume") ? command.toString() : command + " --resume";
    }

    private static String withoutSecret(String argument) {
        return argument.startsWith("--secret=") ? "--secret=" + SECRET : argument;
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:,=@%+$-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
