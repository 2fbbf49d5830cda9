package dev.muster.events.message;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@link MessageRules} from the section {@code muster.events.message}. */
public final class MessageRulesReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String AS_WRITTEN = "as-written";

    private MessageRulesReader() {}

    /**
     * Reads the rules.
     *
     * @throws ConfigException which names the key at fault
     */
    public static MessageRules read(Config config) {
        try {
            return new MessageRules(
                    pointers(config, "required"),
                    pointers(config, "required-objects"),
                    config.getConfigList("fields").stream()
                            .map(MessageRulesReader::field)
                            .toList(),
                    config.getConfigList("rules").stream()
                            .map(MessageRulesReader::rule)
                            .toList(),
                    new DayRule(config.getString("day.field"), zone(config)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException.Generic(config.origin().description() + ": message: " + e.getMessage(), e);
        }
    }

    private static List<JsonPointer> pointers(Config config, String path) {
        return config.getStringList(path).stream().map(JsonPointer::compile).toList();
    }

    private static Optional<ZoneId> zone(Config config) {
        String zone = config.getString("day.zone");
        try {
            return zone.equals(AS_WRITTEN) ? Optional.empty() : Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new ConfigException.BadValue(
                    config.getValue("day.zone").origin(), "day.zone", "not a time zone: " + zone, e);
        }
    }

    private static Field field(Config config) {
        return new Field(
                config.getString("name"),
                config.getStringList("from").stream().map(Source::parse).toList(),
                Optional.ofNullable(config.root().get("default")).map(MessageRulesReader::json),
                !config.hasPath("written") || config.getBoolean("written"));
    }

    private static Rule rule(Config config) {
        boolean keep = config.hasPath("keep-if");
        if (keep == config.hasPath("drop-if")) {
            throw new ConfigException.Generic(
                    config.origin().description() + ": a rule needs either keep-if or drop-if");
        }
        return new Rule(config.getString("field"), keep, condition(config.getConfig(keep ? "keep-if" : "drop-if")));
    }

    private static Condition condition(Config config) {
        Set<String> names = config.root().keySet();
        String name = names.size() == 1 ? names.iterator().next() : "";
        ConfigValue value = config.root().get(name);
        return switch (name) {
            case "equals" -> new Condition.OneOf(Set.of(json(value)));
            case "one-of" -> new Condition.OneOf(jsonSet(config.root().get(name)));
            case "contains" -> new Condition.Contains(config.getString(name));
            case "missing" -> new Condition.Missing();
            default ->
                throw new ConfigException.Generic(config.origin().description()
                        + ": a condition is one of equals, one-of, contains, missing; this is " + names);
        };
    }

    private static Set<JsonNode> jsonSet(ConfigValue list) {
        Set<JsonNode> values = new LinkedHashSet<>();
        json(list).forEach(values::add);
        return values;
    }

    private static JsonNode json(ConfigValue value) {
        return MAPPER.valueToTree(value.unwrapped());
    }
}
