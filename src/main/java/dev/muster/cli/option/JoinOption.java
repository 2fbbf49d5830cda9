package dev.muster.cli.option;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cluster.HostPort;
import java.util.List;
import picocli.CommandLine.Option;

/** Option that names the cluster. */
public final class JoinOption {
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
