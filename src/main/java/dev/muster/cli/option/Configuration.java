package dev.muster.cli.option;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and reads the user's configuration, above the defaults that come with Muster. */
public final class Configuration {
    private static final String OPTION = "--config";

    private Configuration() {}

    /**
     * The file that the arguments name, else {@code MUSTER_CONFIG}, else the one in the user's configuration directory.
     *
     * @throws UserException if it cannot be read, or sets what Muster does not know or in a way that it cannot use
     */
    public static Config load(List<String> arguments, Map<String, String> environment, UserDirectories directories) {
        Optional<Path> file = named(arguments, environment)
                .map(Configuration::requireReadable)
                .or(() -> directories
                        .config()
                        .map(directory -> directory.resolve("muster.conf"))
                        .filter(Files::exists)
                        .map(Configuration::requireReadable));
        try {
            Config user = file.map(path -> ConfigFactory.parseFile(
                            path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)))
                    .orElseGet(ConfigFactory::empty);
            Config all = above(user);
            all.checkValid(ConfigFactory.defaultReference(), "muster");
            requireKnown(user, ConfigFactory.defaultReference());
            return all;
        } catch (ConfigException.ValidationFailed e) {
            ConfigException.ValidationProblem first = e.problems().iterator().next();
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot use the configuration: " + first.origin().description() + ": " + first.path() + ": "
                            + first.problem(),
                    e);
        } catch (ConfigException e) {
            throw new UserException(ExitCodes.USAGE, "cannot read the configuration: " + oneLine(e), e);
        }
    }

    /** Configuration in force where no file says otherwise. */
    public static Config defaults() {
        return above(ConfigFactory.empty());
    }

    private static Config above(Config user) {
        return ConfigFactory.load(user.withFallback(ConfigFactory.parseResources("application.conf")));
    }

    /**
     * Describes an error in one line: without the place of Muster's own defaults, and of a value that an option gave by
     * the option's name alone.
     */
    public static String oneLine(ConfigException e) {
        return String.valueOf(e.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("merge of (\\S+: \\d+),reference\\.conf @ \\S+: \\d+", "$1")
                .replaceAll("reference\\.conf @ \\S+: \\d+", "reference.conf")
                .replaceFirst("^(--[a-z-]+): Invalid value at '[^']*': it is ", "$1 is ");
    }

    /** A key that nobody reads is a misspelt one: its value would silently not count. */
    private static void requireKnown(Config user, Config reference) {
        for (Map.Entry<String, ConfigValue> entry : user.entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("muster.") && !reference.hasPathOrNull(key)) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "cannot use the configuration: "
                                + entry.getValue().origin().description() + ": there is no key " + key
                                + "; conf/muster.conf shows all keys");
            }
        }
    }

    private static Path requireReadable(Path file) {
        if (Files.isReadable(file) && !Files.isDirectory(file)) {
            return file;
        }
        String reason = Files.isDirectory(file)
                ? "it is a directory"
                : Files.exists(file) ? "permission denied" : "there is no such file";
        throw new UserException(
                ExitCodes.USAGE,
                "cannot read the configuration file " + file + ": " + reason + "; check the path, or name another with "
                        + OPTION);
    }

    private static Optional<Path> named(List<String> arguments, Map<String, String> environment) {
        return given(arguments)
                .or(() -> Optional.ofNullable(environment.get("MUSTER_CONFIG")).filter(text -> !text.isEmpty()))
                .map(Configuration::path);
    }

    /** The file that the arguments name, as they spell it. */
    public static Optional<String> given(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
            if (argument.startsWith(OPTION + "=")) {
                return Optional.of(argument.substring(OPTION.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UserException(ExitCodes.USAGE, "the configuration file's path is none: " + e.getMessage(), e);
        }
    }
}
