package dev.muster.cli.option;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cluster.HostPort;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that give a run to a cluster. */
public final class ClusterOptions {
    @Option(
            names = "--cluster",
            fallbackValue = "true",
            description = "have a cluster do the run; its nodes use their own credentials")
    public boolean cluster;

    @Mixin
    public JoinOption join;

    /**
     * Refuses arguments without effect where the run is done, as the user must have meant something by them. The
     * configuration may set them, as it is shared with other commands.
     *
     * @param arguments of the command
     */
    public void validate(ParseResult arguments) {
        if (cluster) {
            var unused = join.required();
            refuse(arguments, "--workers", "each node starts as many as its own --workers says");
            refuse(
                    arguments,
                    "--resume",
                    "it continues its runs by itself, and muster attach --resume continues one that ended incomplete");
            refuse(arguments, "--checkpoint", "it keeps runs where --checkpoint of its nodes says");
        } else if (arguments.hasMatchedOption("--join")) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--join names a cluster, but this machine would do the run: give --cluster too, or leave out --join");
        }
    }

    private static void refuse(ParseResult arguments, String option, String instead) {
        if (arguments.hasMatchedOption(option)) {
            throw new UserException(
                    ExitCodes.USAGE, option + " has no effect on a cluster: " + instead + "; leave it out");
        }
    }

    /** Option that names the cluster. */
    public static final class JoinOption {
        @Option(
                names = "--join",
                paramLabel = "HOST:PORT",
                split = ",",
                description = "nodes of the cluster; the first that answers will do (default port: 7355)")
        List<String> join = List.of();

        /** Nodes to ask; at least one is required. */
        public List<HostPort> required() {
            if (join.isEmpty()) {
                throw new UserException(
                        ExitCodes.USAGE, "say which cluster: give --join HOST:PORT of one of its nodes, or several");
            }
            return contacts();
        }

        private static HostPort parse(String text) {
            boolean port = text.matches(".*[^:\\]]:\\d*|.*]:\\d*") || text.isBlank();
            return HostPort.parse(port ? text : text.strip() + ":" + HostPort.DEFAULT_PORT);
        }

        /** Nodes to ask; empty if none is given. */
        public List<HostPort> contacts() {
            try {
                return join.stream().map(JoinOption::parse).toList();
            } catch (IllegalArgumentException e) {
                throw new UserException(ExitCodes.USAGE, "--join: " + e.getMessage(), e);
            }
        }
    }
}
