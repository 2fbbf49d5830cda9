package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.events.message.Envelope.ForeignKind;
import dev.muster.output.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies messages by their bodies. Thread-safe.
 *
 * @param required places that every message must have; one without them is poison, not merely unwanted
 * @param requiredObjects places where every message must have an object
 * @param fields the fields in the order of the line
 * @param rules the rules in the order in which they are applied; the first that fails is counted
 */
public record MessageRules(
        List<JsonPointer> required,
        List<JsonPointer> requiredObjects,
        List<MessageField> fields,
        List<Rule> rules,
        DayRule dayRule) {
    private static final Logger LOG = LoggerFactory.getLogger(MessageRules.class);
    private static final int LONGEST_SHOWN = 200;

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

    /** Classifies a message. Anything odd about it affects only this message. */
    public Classification judge(String body) {
        try {
            return judge(Envelope.open(body));
        } catch (UnreadableMessageException e) {
            return new Classification.Poison(e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("a message cannot be taken apart", e);
            return new Classification.Poison(
                    "it cannot be taken apart: " + e.getClass().getSimpleName());
        }
    }

    private Classification judge(Envelope message) throws UnreadableMessageException {
        try {
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
            return new Classification.Poison(
                    message.foreignKind().map(ForeignKind::reason).orElse(e.getMessage()));
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

    /** A value in a form to count by: short, and in characters that every encoding has. */
    private static String shown(JsonNode value) {
        String text =
                value.isTextual() ? value.textValue() : value.isMissingNode() ? "null" : PythonJsonWriter.write(value);
        String whole = wholeCharacters(text);
        int end = whole.offsetByCodePoints(0, Math.min(LONGEST_SHOWN, whole.codePointCount(0, whole.length())));
        return end == whole.length() ? whole : whole.substring(0, end) + "…";
    }

    /**
     * The text with each unpaired surrogate, which JSON can contain but no encoding can, as its escape: {@code
     * \\ud83d}.
     */
    private static String wholeCharacters(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                whole.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                whole.append(String.format("\\u%04x", (int) c));
            } else {
                whole.append(c);
            }
        }
        return whole.toString();
    }

    private static void check(boolean valid, String problem) {
        if (!valid) {
            throw new IllegalArgumentException(problem);
        }
    }

    /**
     * Keeps or drops messages by a field's value.
     *
     * @param keep whether the condition must hold for a message to be kept, rather than must not
     */
    public record Rule(String field, boolean keep, Condition condition) {
        public Rule {
            requireNonNull(field, "field is null");
            requireNonNull(condition, "condition is null");
        }

        boolean drops(JsonNode value) {
            return condition.holds(value) != keep;
        }
    }

    /** Condition of a rule on a field's value. */
    public sealed interface Condition {
        boolean holds(JsonNode value);

        /** The value is one of these; null may be among them. */
        record OneOf(Set<JsonNode> values) implements Condition {
            public OneOf {
                values = Set.copyOf(values);
            }

            @Override
            public boolean holds(JsonNode value) {
                return values.contains(value);
            }
        }

        /** The value is a string that holds this one. */
        record Contains(String part) implements Condition {
            @Override
            public boolean holds(JsonNode value) {
                return value.isTextual() && value.textValue().contains(part);
            }
        }

        /** The value is missing, null, false, zero, or an empty string, array or object. */
        record Missing() implements Condition {
            @Override
            public boolean holds(JsonNode value) {
                return switch (value.getNodeType()) {
                    case MISSING, NULL -> true;
                    case STRING -> value.textValue().isEmpty();
                    case ARRAY, OBJECT -> value.isEmpty();
                    case BOOLEAN -> !value.booleanValue();
                    case NUMBER -> value.doubleValue() == 0;
                    case BINARY, POJO -> false;
                };
            }
        }
    }

    /** Classification of a message. */
    public sealed interface Classification {
        /** Kept: its line goes to the file of its day, eight digits. */
        record Kept(String day, String line) implements Classification {
            public Kept {
                requireNonNull(day, "day is null");
                requireNonNull(line, "line is null");
            }
        }

        /** Dropped: counted by the field whose rule failed first, and its value. */
        record Dropped(String field, String value) implements Classification {
            public Dropped {
                requireNonNull(field, "field is null");
                requireNonNull(value, "value is null");
            }
        }

        /** Poison: it cannot be turned into a line. The reason reveals nothing of its content. */
        record Poison(String reason) implements Classification {
            public Poison {
                requireNonNull(reason, "reason is null");
            }
        }
    }

    /**
     * A message that cannot be turned into a line; the exception's message is the reason, without any of the content.
     */
    public static final class UnreadableMessageException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnreadableMessageException(String reason) {
            super(reason);
        }

        UnreadableMessageException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
