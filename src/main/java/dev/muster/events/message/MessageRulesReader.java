package dev.muster.events.message;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import dev.muster.events.message.MessageField.FieldSource;
import dev.muster.events.message.MessageRules.Condition;
import dev.muster.events.message.MessageRules.Rule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@link MessageRules} from the section {@code muster.events.message}. */
public final class MessageRulesReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String AS_WRITTEN = "as-written";

    private MessageRulesReader() {}

    /**
     * Reads the rules.
     *
     * @throws ConfigException if a value is wrong; it names the key
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

    private static MessageField field(Config config) {
        known(config, Set.of("name", "from", "default", "written"));
        return new MessageField(
                config.getString("name"),
                config.getStringList("from").stream().map(FieldSource::parse).toList(),
                Optional.ofNullable(config.root().get("default")).map(MessageRulesReader::json),
                !config.hasPath("written") || config.getBoolean("written"));
    }

    private static Rule rule(Config config) {
        known(config, Set.of("field", "keep-if", "drop-if"));
        boolean keep = config.hasPath("keep-if");
        if (keep == config.hasPath("drop-if")) {
            throw broken(config, "a rule needs either keep-if or drop-if");
        }
        return new Rule(config.getString("field"), keep, condition(config.getConfig(keep ? "keep-if" : "drop-if")));
    }

    private static Condition condition(Config config) {
        Set<String> names = config.root().keySet();
        String name = names.size() == 1 ? names.iterator().next() : "";
        return switch (name) {
            case "equals" -> new Condition.OneOf(Set.of(json(config.root().get(name))));
            case "one-of" -> new Condition.OneOf(oneOf(config));
            case "contains" -> new Condition.Contains(config.getString(name));
            case "missing" -> missing(config);
            default ->
                throw broken(config, "a condition is one of equals, one-of, contains, missing; this is " + names);
        };
    }

    /** Refuses an empty list: its rule would match no message, and keeping by it would drop all of them. */
    private static Set<JsonNode> oneOf(Config config) {
        Set<JsonNode> values = new LinkedHashSet<>();
        config.getList("one-of").forEach(value -> values.add(json(value)));
        if (values.isEmpty()) {
            throw broken(config, "one-of names no value");
        }
        return values;
    }

    private static Condition missing(Config config) {
        if (!config.getBoolean("missing")) {
            throw broken(
                    config, "missing can only be true; for the opposite take keep-if for drop-if, or the other way");
        }
        return new Condition.Missing();
    }

    /** Refuses unknown keys in a list, which no other check covers. */
    private static void known(Config config, Set<String> keys) {
        for (String key : config.root().keySet()) {
            if (!keys.contains(key)) {
                throw broken(config, "unknown key " + key + "; there are " + new TreeSet<>(keys));
            }
        }
    }

    private static ConfigException broken(Config config, String problem) {
        return new ConfigException.Generic(config.origin().description() + ": " + problem);
    }

    private static JsonNode json(ConfigValue value) {
        return MAPPER.valueToTree(value.unwrapped());
    }
}
