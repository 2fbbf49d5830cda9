package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

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
