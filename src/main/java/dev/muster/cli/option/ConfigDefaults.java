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
 * Reads the options' defaults from the configuration: {@code --numfiles} of {@code muster audit} from {@code
 * muster.audit.numfiles}, and {@code --workers}, which all commands share, from {@code muster.workers}.
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
     * Tells whether the configuration can have a default for an option: not for those that are read before the
     * configuration, nor for the demo, which ignores the configuration.
     */
    static boolean configurable(OptionSpec option) {
        return !NOT_CONFIGURABLE.contains(option.longestName());
    }

    /** Keys of an option's default, the most specific first: in its command's section, or that of a parent command. */
    static List<String> paths(OptionSpec option) {
        String name = option.longestName().replaceFirst("^-+", "");
        return Stream.<CommandLine>iterate(option.command().commandLine(), Objects::nonNull, CommandLine::getParent)
                .map(command -> command.getCommandSpec().qualifiedName(".") + "." + name)
                .toList();
    }

    /** The key of an option's default with the file and line that set it, if it is set. */
    public static Optional<String> place(Config config, OptionSpec option) {
        return set(config, option)
                .map(path -> path + " in " + config.getValue(path).origin().description());
    }

    private static Optional<ConfigValue> find(Config config, OptionSpec option) {
        return set(config, option).map(config::getValue);
    }

    /** Path of the value that is set. A section is no value, even if an option has its name, such as --cluster. */
    private static Optional<String> set(Config config, OptionSpec option) {
        return paths(option).stream()
                .filter(config::hasPath)
                .filter(path -> config.getValue(path).valueType() != ConfigValueType.OBJECT)
                .findFirst();
    }

    /** The value as on the command line; null if it is empty, as an empty option would count as given. */
    private static String text(ConfigValue value) {
        if (value.valueType() == ConfigValueType.LIST) {
            List<?> list = (List<?>) value.unwrapped();
            return list.isEmpty() ? null : list.stream().map(String::valueOf).collect(joining(","));
        }
        String text = String.valueOf(value.unwrapped());
        return text.isEmpty() ? null : text;
    }
}
