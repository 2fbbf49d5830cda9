package dev.muster.events.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

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

    /** There is no value, or none to speak of: null, false, zero, or an empty string, array or object. */
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
