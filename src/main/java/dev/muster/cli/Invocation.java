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
    Invocation {
        requireNonNull(config, "config is null");
        requireNonNull(talk, "talk is null");
        arguments = List.copyOf(arguments);
    }
}
