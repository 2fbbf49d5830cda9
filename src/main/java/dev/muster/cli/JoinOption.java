package dev.muster.cli;

import dev.muster.cluster.HostPort;
import java.util.List;
import picocli.CommandLine.Option;

/** Which cluster. */
public final class JoinOption {
    @Option(
            names = "--join",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "nodes of the cluster; the first that answers will do")
    List<String> join = List.of();

    List<HostPort> contacts() {
        try {
            return join.stream().map(HostPort::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new UserException(ExitCodes.USAGE, "--join: " + e.getMessage(), e);
        }
    }
}
