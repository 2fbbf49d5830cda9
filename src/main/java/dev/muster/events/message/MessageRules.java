package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.output.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns message bodies into verdicts. Thread-safe.
 *
 * @param required what every message must hold; one that does not is not merely unwanted
 * @param requiredObjects what every message must hold as an object
 * @param fields in the order of the line
 * @param rules in the order in which they are tried; the first that fails is counted
 */
public record MessageRules(
        List<JsonPointer> required,
        List<JsonPointer> requiredObjects,
        List<MessageField> fields,
        List<Rule> rules,
        DayRule dayRule) {
    public MessageRules {
        required = List.copyOf(required);
        requiredObjects = List.copyOf(requiredObjects);
        fields = List.copyOf(fields);
        rules = List.copyOf(rules);
        requireNonNull(dayRule, "dayRule is null");
        Set<String> names = new HashSet<>();
        for (MessageField field : fields) {
            check(names.add(field.name()), "field is there twice: " + field.name());
        }
        for (Rule rule : rules) {
            check(names.contains(rule.field()), "rule on an unknown field: " + rule.field());
        }
        check(names.contains(dayRule.field()), "day of an unknown field: " + dayRule.field());
    }

    public Classification judge(String body) {
        try {
            Envelope message = Envelope.open(body);
            checkRequired(message.content());
            Map<String, JsonNode> values = new LinkedHashMap<>();
            fields.forEach(field -> values.put(field.name(), field.value(message)));
            for (Rule rule : rules) {
                JsonNode value = values.get(rule.field());
                if (rule.drops(value)) {
                    return new Classification.Dropped(rule.field(), shown(value));
                }
            }
            return new Classification.Kept(dayRule.day(values.get(dayRule.field())), line(values));
        } catch (UnreadableMessageException e) {
            return new Classification.Poison(e.getMessage());
        }
    }

    private void checkRequired(JsonNode content) throws UnreadableMessageException {
        for (JsonPointer pointer : required) {
            if (content.at(pointer).isMissingNode()) {
                throw new UnreadableMessageException(pointer + " is missing");
            }
        }
        for (JsonPointer pointer : requiredObjects) {
            if (!content.at(pointer).isObject()) {
                throw new UnreadableMessageException(pointer + " is missing or not an object");
            }
        }
    }

    private String line(Map<String, JsonNode> values) throws UnreadableMessageException {
        StringBuilder line = new StringBuilder("{");
        for (MessageField field : fields) {
            if (field.written()) {
                JsonNode value = values.get(field.name());
                if (value.isMissingNode()) {
                    throw new UnreadableMessageException(field.name() + " is missing");
                }
                line.append(line.length() > 1 ? ", " : "");
                line.append(Json.dumps(field.name())).append(": ").append(PythonJsonWriter.write(value));
            }
        }
        return line.append('}').toString();
    }

    private static String shown(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        return value.isMissingNode() ? "null" : PythonJsonWriter.write(value);
    }

    private static void check(boolean valid, String problem) {
        if (!valid) {
            throw new IllegalArgumentException(problem);
        }
    }
}
