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

    /** Of whom to ask; a command for a cluster makes no sense without. */
    List<HostPort> required() {
        if (join.isEmpty()) {
            throw new UserException(
                    ExitCodes.USAGE, "say which cluster: give --join HOST:PORT of one of its nodes, or several");
        }
        return contacts();
    }

    /** Empty where none is given. */
    List<HostPort> contacts() {
        try {
            return join.stream().map(HostPort::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new UserException(ExitCodes.USAGE, "--join: " + e.getMessage(), e);
        }
    }
}
