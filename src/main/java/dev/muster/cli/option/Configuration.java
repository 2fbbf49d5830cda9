package dev.muster.cli.option;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Suggestions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and reads the user's configuration, on top of Muster's defaults. */
public final class Configuration {
    private static final String OPTION = "--config";
    private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

    private Configuration() {}

    /**
     * The file that the arguments name, else {@code MUSTER_CONFIG}, else the one in the user's configuration directory,
     * else the machine's.
     *
     * @throws UserException if it cannot be read, or sets an unknown key or an unusable value
     */
    public static Config load(List<String> arguments, Map<String, String> environment, UserDirectories directories) {
        Optional<Path> file = named(arguments, environment)
                .map(Configuration::requireReadable)
                .or(() -> directories
                        .config()
                        .map(directory -> directory.resolve("muster.conf"))
                        .filter(Files::exists)
                        .or(Configuration::machine)
                        .map(Configuration::requireReadable));
        try {
            Config user = file.map(path -> ConfigFactory.parseFile(
                            path.toFile(),
                            ConfigParseOptions.defaults()
                                    .setAllowMissing(false)
                                    .prependIncluder(new StrictIncluder(
                                            path.toFile().getAbsoluteFile().getParentFile()))))
                    .orElseGet(ConfigFactory::empty);
            Config all = above(user);
            all.checkValid(ConfigFactory.defaultReference(), "muster");
            requireKnown(user, ConfigFactory.defaultReference());
            file.ifPresent(path -> tellOutside(path, user, ConfigFactory.defaultReference()));
            return all;
        } catch (ConfigException.ValidationFailed e) {
            ConfigException.ValidationProblem first = e.problems().iterator().next();
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot use the configuration: " + first.origin().description() + ": " + first.path() + ": "
                            + first.problem(),
                    e);
        } catch (ConfigException e) {
            throw new UserException(ExitCodes.USAGE, told(e), e);
        } catch (StackOverflowError e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot read the configuration file " + file.orElseThrow()
                            + ": it is nested too deeply; correct it, or name another with " + OPTION,
                    e);
        }
    }

    /** The default configuration. */
    public static Config defaults() {
        return above(ConfigFactory.empty());
    }

    private static Config above(Config user) {
        return ConfigFactory.load(user.withFallback(ConfigFactory.parseResources("application.conf")));
    }

    /**
     * Describes an error on one line, without the location of Muster's own defaults, and with only the option's name
     * for a value that an option gave.
     */
    public static String oneLine(ConfigException e) {
        return String.valueOf(e.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("merge of (\\S+: \\d+),reference\\.conf @ \\S+: \\d+", "$1")
                .replaceAll("reference\\.conf @ \\S+: \\d+", "reference.conf")
                .replaceFirst("^(--[a-z-]+): Invalid value at '[^']*': it is ", "$1 is ")
                .replaceFirst(
                        "^(.*): Invalid value at '([^']*)': (.*) is out of range: (.*)$",
                        "$2 is $3: $4; it comes from the configuration, $1")
                .replaceFirst(
                        "^(.*): Invalid value at '([^']*)': No number in (duration|size-in-bytes) value '(.*)'.*$",
                        "$2 is $4: give a $3 with its unit; it comes from the configuration, $1")
                .replaceFirst("^(.*): Invalid value at '([^']*)': (.*)$", "$2: $3; it comes from the configuration, $1")
                .replaceFirst(
                        "^(.*): (\\S+) has type (\\w+) rather than (\\w+)$",
                        "$2 is a $3: give a $4; it comes from the configuration, $1");
    }

    /** Message of an error: a syntax error is about a whole file; other errors name their key. */
    private static String told(ConfigException e) {
        return e instanceof ConfigException.BadValue || e instanceof ConfigException.WrongType
                ? oneLine(e)
                : "cannot read the configuration: " + oneLine(e);
    }

    /** Refuses keys that nothing reads: they are misspelled, and would be silently ignored. */
    private static void requireKnown(Config user, Config reference) {
        for (Map.Entry<String, ConfigValue> entry : user.entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("muster.") && !reference.hasPathOrNull(key)) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "cannot use the configuration: "
                                + entry.getValue().origin().description() + ": there is no key " + key
                                + meant(key, reference)
                                        .map(name -> "; did you mean " + name + "?")
                                        .orElse("; conf/muster.conf shows all keys"));
            }
        }
    }

    /** A key of the same name in another section, or else of a similar name in the same one. */
    private static Optional<String> meant(String key, Config reference) {
        int dot = key.lastIndexOf('.');
        List<String> known = reference.getConfig("muster").entrySet().stream()
                .map(entry -> "muster." + entry.getKey())
                .toList();
        List<String> named =
                known.stream().filter(name -> name.endsWith(key.substring(dot))).toList();
        return named.size() == 1
                ? Optional.of(named.get(0))
                : Suggestions.closest(
                                key.substring(dot + 1),
                                known.stream()
                                        .filter(name ->
                                                name.lastIndexOf('.') == dot && name.startsWith(key.substring(0, dot)))
                                        .map(name -> name.substring(dot + 1)))
                        .map(name -> key.substring(0, dot + 1) + name);
    }

    /** Warns of keys outside the sections that are read, unless other keys of the file refer to them. */
    private static void tellOutside(Path file, Config user, Config reference) {
        String text = text(file);
        user.root().forEach((key, value) -> {
            boolean used = reference.root().containsKey(key) || text.contains("${" + key) || text.contains("${?" + key);
            if (!used && value.origin().filename() != null) {
                String meant = reference.getConfig("muster").root().containsKey(key)
                        ? "; did you mean muster." + key + "?"
                        : "; Muster's own keys are in muster { }";
                LOG.warn("nothing reads the key {} in {}{}", key, value.origin().description(), meant);
            }
        });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
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

    /** The file for all users of this machine, as the launcher says; a package brings one. */
    private static Optional<Path> machine() {
        return Optional.ofNullable(System.getProperty("muster.machine.config"))
                .map(Path::of)
                .filter(Files::exists);
    }

    private static Optional<Path> named(List<String> arguments, Map<String, String> environment) {
        return given(arguments)
                .or(() -> Optional.ofNullable(environment.get("MUSTER_CONFIG")).filter(text -> !text.isEmpty()))
                .map(Configuration::path);
    }

    /** The file named by the arguments, as spelled there. */
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
            throw new UserException(ExitCodes.USAGE, "not a path of a configuration file: " + e.getMessage(), e);
        }
    }

    /** Includes files as usual, except that a missing file is an error, as its settings would be silently ignored. */
    private static final class StrictIncluder implements ConfigIncluder, ConfigIncluderFile {
        private final File directory;
        private ConfigIncluder usual;

        StrictIncluder(File directory) {
            this.directory = directory;
        }

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            usual = fallback;
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            ConfigObject included = usual.include(context, what);
            if (!included.isEmpty() || what.contains("://")) {
                return included;
            }
            File file = new File(what);
            return requireFile(included, file.isAbsolute() ? file : new File(directory, what));
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            ConfigObject included = ((ConfigIncluderFile) usual).includeFile(context, what);
            return included.isEmpty() ? requireFile(included, what) : included;
        }

        private static ConfigObject requireFile(ConfigObject included, File file) {
            for (String ending : List.of("", ".conf", ".json", ".properties")) {
                if (new File(file.getPath() + ending).exists()) {
                    return included;
                }
            }
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot read the configuration: it includes " + file
                            + ", and there is no such file; check the path");
        }
    }
}
