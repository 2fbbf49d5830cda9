package dev.muster.cli.run;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.aws.AwsEnvironment;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.cli.option.Configuration;
import dev.muster.cli.option.UserDirectories;
import dev.muster.cluster.HostPort;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Arguments and environment of a command. */
public final class CommandContext {
    private static final String LOOPBACK_KEY = "muster.cluster.loopback-key-file";

    private static final String SECRET = "\"$AWS_SECRET_ACCESS_KEY\"";

    private final List<String> arguments;
    private final UserDirectories directories;
    private final Supplier<Config> config;
    private final AwsEnvironment aws;
    private final Console console;
    private final boolean repeatable;

    private CommandContext(
            List<String> arguments,
            UserDirectories directories,
            Supplier<Config> config,
            AwsEnvironment aws,
            Console console,
            boolean repeatable) {
        this.arguments = List.copyOf(arguments);
        this.directories = requireNonNull(directories, "directories is null");
        this.config = requireNonNull(config, "config is null");
        this.aws = requireNonNull(aws, "aws is null");
        this.console = requireNonNull(console, "console is null");
        this.repeatable = repeatable;
    }

    /**
     * The context of a call of the program.
     *
     * @param arguments the arguments in the present spelling
     */
    public static CommandContext of(List<String> arguments, Map<String, String> environment, Console console) {
        UserDirectories directories = new UserDirectories(environment);
        return new CommandContext(
                arguments,
                directories,
                new Once<>(() -> Configuration.load(arguments, environment, directories)),
                AwsEnvironment.of(environment),
                console,
                true);
    }

    /** The context of a call within this one, whose run cannot be resumed. */
    public CommandContext unrepeatable(List<String> arguments) {
        return new CommandContext(arguments, directories, config, aws, console, false);
    }

    /** The same with another configuration. */
    public CommandContext with(Config other) {
        return new CommandContext(arguments, directories, () -> other, aws, console, repeatable);
    }

    /** The same with another configuration, and nothing of the environment of AWS tools. */
    public CommandContext isolated(Config other) {
        return new CommandContext(arguments, directories, () -> other, AwsEnvironment.NONE, console, repeatable);
    }

    public List<String> arguments() {
        return arguments;
    }

    public UserDirectories directories() {
        return directories;
    }

    /**
     * The configuration, which is read on first use, as help needs none.
     *
     * @throws UserException if it cannot be read
     */
    public Config config() {
        return config.get();
    }

    /** The environment of AWS tools. */
    public AwsEnvironment aws() {
        return aws;
    }

    /** The configuration of processes of a cluster, with a key file for loopback if the user has a directory for it. */
    public Config clusterConfig() {
        Config config = config();
        return config.getString(LOOPBACK_KEY).isEmpty() && directories.state().isPresent()
                ? config.withValue(
                        LOOPBACK_KEY,
                        ConfigValueFactory.fromAnyRef(directories
                                .state()
                                .get()
                                .resolve("loopback.p12")
                                .toString()))
                : config;
    }

    public Console console() {
        return console;
    }

    /** Tells whether the same command could resume this one's run. */
    boolean repeatable() {
        return repeatable;
    }

    /** The shell command that resumes this one's run, with the secret left to the environment. */
    String resumeCommand() {
        return arguments.contains("--resume") ? sameCommand() : sameCommand() + " --resume";
    }

    /** This command again for a shell, with the secret left to the environment. */
    public String sameCommand() {
        return command(arguments);
    }

    /** The program's name as it was called, for hints. */
    public static String program() {
        String name = System.getProperty("muster.command", "muster");
        return name.isEmpty() ? "muster" : quoted(name);
    }

    /** A shell command with these arguments, with the secret left to the environment. */
    public static String command(List<String> arguments) {
        StringBuilder command = new StringBuilder(program());
        boolean secret = false;
        for (String argument : arguments) {
            command.append(' ').append(secret ? SECRET : quoted(argument));
            secret = argument.equals("--secret");
        }
        return command.toString();
    }

    /** The shell command that shows a cluster's run again; with TLS it must find the same certificates. */
    String attachCommand(String run, List<HostPort> contacts) {
        String join = String.join(",", contacts.stream().map(HostPort::toString).toList());
        String config = Configuration.given(arguments)
                .map(file -> " --config " + quoted(file))
                .orElse("");
        return program() + " attach " + run + " --join " + join + config;
    }

    private static String quoted(String argument) {
        if (argument.startsWith("--secret=")) {
            return "--secret=" + SECRET;
        }
        return argument.matches("[A-Za-z0-9_./:,=@%+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /** Computes a value once, on first use. */
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
