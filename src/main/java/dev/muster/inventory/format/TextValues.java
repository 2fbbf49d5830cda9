package dev.muster.inventory.format;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Values as text in CSV and in JSON. */
final class TextValues {
    private TextValues() {}

    /** Parses the value of a column other than the key; empty if the text is invalid. */
    static Optional<Object> of(InventoryColumn column, String text) {
        return switch (column.type()) {
            case TEXT, KEY -> Optional.of(text);
            case FLAG -> flag(text);
            case NUMBER -> number(text);
            case TIME -> time(text);
        };
    }

    private static Optional<Object> flag(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty();
    }

    private static Optional<Object> number(String text) {
        try {
            return Optional.<Object>of(Long.valueOf(text)).filter(number -> (Long) number >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
