package dev.muster.cli.option;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the options' defaults from the configuration: {@code --numfiles} of {@code muster audit} from
 * {@code muster.audit.numfiles}, and {@code --workers}, which all commands share, from {@code muster.workers}.
 */
public final class ConfigDefaults implements IDefaultValueProvider {
    private static final Set<String> NOT_CONFIGURABLE = Set.of("--help", "--version", "--config", "--serve");

    private final Supplier<Config> config;

    public ConfigDefaults(Supplier<Config> config) {
        this.config = config;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !configurable(option)) {
            return null;
        }
        return find(config.get(), option).map(ConfigDefaults::text).orElse(null);
    }

    /**
     * Tells whether the configuration can have a default for it: not for what is looked at before the configuration is,
     * nor for the demo, to which the user's configuration means nothing.
     */
    static boolean configurable(OptionSpec option) {
        return !NOT_CONFIGURABLE.contains(option.longestName());
    }

    /** Keys of an option's default, the most specific first: under its command, or a command that this belongs to. */
    static List<String> paths(OptionSpec option) {
        String name = option.longestName().replaceFirst("^-+", "");
        return Stream.<CommandLine>iterate(option.command().commandLine(), Objects::nonNull, CommandLine::getParent)
                .map(command -> command.getCommandSpec().qualifiedName(".") + "." + name)
                .toList();
    }

    /** The key of an option's default and the file and line that set it, where something does. */
    public static Optional<String> place(Config config, OptionSpec option) {
        return set(config, option)
                .map(path -> path + " in " + config.getValue(path).origin().description());
    }

    private static Optional<ConfigValue> find(Config config, OptionSpec option) {
        return set(config, option).map(config::getValue);
    }

    /** A section is no value, though an option may have its name: as --cluster has. */
    private static Optional<String> set(Config config, OptionSpec option) {
        return paths(option).stream()
                .filter(config::hasPath)
                .filter(path -> config.getValue(path).valueType() != ConfigValueType.OBJECT)
                .findFirst();
    }

    /** The value as on the command line; null where there is none, as an empty option is an option given. */
    private static String text(ConfigValue value) {
        if (value.valueType() == ConfigValueType.LIST) {
            List<?> list = (List<?>) value.unwrapped();
            return list.isEmpty() ? null : list.stream().map(String::valueOf).collect(joining(","));
        }
        String text = String.valueOf(value.unwrapped());
        return text.isEmpty() ? null : text;
    }
}
