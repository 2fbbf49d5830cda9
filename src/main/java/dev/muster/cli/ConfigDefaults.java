package dev.muster.cli;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the options' defaults from the configuration: {@code --numfiles} of {@code muster audit} from
 * {@code muster.audit.numfiles}, or from {@code muster.numfiles} where all commands share an option.
 */
final class ConfigDefaults implements IDefaultValueProvider {
    private final Config config;

    ConfigDefaults(Config config) {
        this.config = config;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        for (String path : paths(option)) {
            if (config.hasPath(path)) {
                return text(config.getValue(path));
            }
        }
        return null;
    }

    /** Where an option's default may stand, the most specific first. */
    static List<String> paths(OptionSpec option) {
        String name = option.longestName().replaceFirst("^-+", "");
        CommandSpec command = option.command();
        return List.of(command.qualifiedName(".") + "." + name, command.root().name() + "." + name);
    }

    /** The value as on the command line; null where it is empty, as an empty option is an option given. */
    private static String text(ConfigValue value) {
        String text = value.valueType() == ConfigValueType.LIST
                ? ((List<?>) value.unwrapped()).stream().map(String::valueOf).collect(joining(","))
                : String.valueOf(value.unwrapped());
        return text.isEmpty() ? null : text;
    }
}
