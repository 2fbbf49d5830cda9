package dev.muster.events.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.events.message.MessageRules.UnreadableMessageException;

/**
 * Reads JSON as Python's {@code json.loads} does: integers of any size, other numbers as doubles (an exponent out of
 * range is an infinity), {@code NaN} and {@code Infinity}, the last of duplicate keys in the place of the first, lone
 * surrogates kept.
 */
final class PythonJsonParser {
    /** Greatest nesting depth; Python gives up there as well. */
    private static final int MAX_DEPTH = 900;
    /** Greatest number of digits: parsing takes time that grows with their square. Python gives up past 4,300. */
    private static final int MAX_DIGITS = 10_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PythonJsonParser() {}

    /**
     * Reads exactly one value.
     *
     * @throws UnreadableMessageException if the text is anything else
     */
    static JsonNode read(String text, String what) throws UnreadableMessageException {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new UnreadableMessageException(what + " is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new UnreadableMessageException(what + " is not JSON", e);
        }
    }
}
