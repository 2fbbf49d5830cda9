package dev.muster.cli;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.cluster.HostPort;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a command was called with. */
final class Invocation {
    private static final String SECRET = "\"$AWS_SECRET_ACCESS_KEY\"";

    private final List<String> arguments;
    private final UserDirectories directories;
    private final Supplier<Config> config;
    private final Talk talk;
    private final boolean repeatable;

    private Invocation(
            List<String> arguments,
            UserDirectories directories,
            Supplier<Config> config,
            Talk talk,
            boolean repeatable) {
        this.arguments = List.copyOf(arguments);
        this.directories = requireNonNull(directories, "directories is null");
        this.config = requireNonNull(config, "config is null");
        this.talk = requireNonNull(talk, "talk is null");
        this.repeatable = repeatable;
    }

    /**
     * A call of the program.
     *
     * @param arguments in today's spelling
     */
    static Invocation of(List<String> arguments, Map<String, String> environment, Talk talk) {
        UserDirectories directories = new UserDirectories(environment);
        return new Invocation(
                arguments,
                directories,
                new Once<>(() -> Configuration.load(arguments, environment, directories)),
                talk,
                true);
    }

    /** A call that this one makes itself, of a run that cannot be gone on with later. */
    Invocation unrepeatable(List<String> arguments) {
        return new Invocation(arguments, directories, config, talk, false);
    }

    /** The same with another configuration. */
    Invocation with(Config other) {
        return new Invocation(arguments, directories, () -> other, talk, repeatable);
    }

    List<String> arguments() {
        return arguments;
    }

    UserDirectories directories() {
        return directories;
    }

    /**
     * The configuration, which is read when first asked for: help needs none.
     *
     * @throws UserException if it cannot be read
     */
    Config config() {
        return config.get();
    }

    Talk talk() {
        return talk;
    }

    /** Whether the same command could go on with this one's run. */
    boolean repeatable() {
        return repeatable;
    }

    /** The command that goes on with this one's run, for a shell; the secret is left to the environment. */
    String resumeCommand() {
        return arguments.contains("--resume") ? sameCommand() : sameCommand() + " --resume";
    }

    /** This command once more, for a shell; the secret is left to the environment. */
    String sameCommand() {
        return command(arguments);
    }

    /** A command of these arguments, for a shell; the secret is left to the environment. */
    static String command(List<String> arguments) {
        StringBuilder command = new StringBuilder("muster");
        boolean secret = false;
        for (String argument : arguments) {
            command.append(' ').append(secret ? SECRET : quoted(argument));
            secret = argument.equals("--secret");
        }
        return command.toString();
    }

    /** The command that shows a cluster's run again, for a shell; with TLS it must find the same certificates. */
    String attachCommand(String run, List<HostPort> contacts) {
        String join = String.join(",", contacts.stream().map(HostPort::toString).toList());
        String config = Configuration.given(arguments)
                .map(file -> " --config " + quoted(file))
                .orElse("");
        return "muster attach " + run + " --join " + join + config;
    }

    private static String quoted(String argument) {
        if (argument.startsWith("--secret=")) {
            return "--secret=" + SECRET;
        }
        return argument.matches("[A-Za-z0-9_./:,=@%+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /** Gets a value once, when it is first asked for. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> source;
        private T value;

        Once(Supplier<T> source) {
            this.source = source;
        }

        @Override
        public synchronized T get() {
            if (value == null) {
                value = source.get();
            }
            return value;
        }
    }
}
