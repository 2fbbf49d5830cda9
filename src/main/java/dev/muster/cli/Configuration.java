package dev.muster.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds and reads the user's configuration, above the defaults that come with Muster. */
final class Configuration {
    private static final String OPTION = "--config";

    private Configuration() {}

    /** The file that the arguments name, else {@code MUSTER_CONFIG}, else the one in the user's configuration directory. */
    static Config load(List<String> arguments) {
        Optional<Path> named = named(arguments);
        if (named.isPresent() && !Files.isReadable(named.get())) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot read the configuration file " + named.get() + "; check the path given with " + OPTION);
        }
        Optional<Path> file = named.or(() ->
                Optional.of(UserDirectories.config().resolve("muster.conf")).filter(Files::isReadable));
        try {
            Config user = file.map(path -> ConfigFactory.parseFile(
                            path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)))
                    .orElseGet(ConfigFactory::empty);
            return ConfigFactory.load(user.withFallback(ConfigFactory.parseResources("application.conf")));
        } catch (ConfigException e) {
            throw new UserException(ExitCodes.USAGE, "cannot read the configuration: " + oneLine(e), e);
        }
    }

    static String oneLine(ConfigException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    private static Optional<Path> named(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return Optional.of(Path.of(arguments.get(i + 1)));
            }
            if (argument.startsWith(OPTION + "=")) {
                return Optional.of(Path.of(argument.substring(OPTION.length() + 1)));
            }
        }
        return Optional.ofNullable(System.getenv("MUSTER_CONFIG"))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }
}
