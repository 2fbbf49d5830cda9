package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.events.message.MessageRules.UnreadableMessageException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rule for the day that a message belongs to.
 *
 * @param field the field that holds the timestamp
 * @param zone if given, the zone in which the timestamp's instant is read; otherwise, and if it has no offset, the date
 *     counts as written
 */
public record DayRule(String field, Optional<ZoneId> zone) {
    private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9]).*", Pattern.DOTALL);
    private static final DateTimeFormatter EIGHT_DIGITS = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final int LAST_YEAR = 9999;
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[ ]['T']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendLiteral(',')
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    public DayRule {
        requireNonNull(field, "field is null");
        requireNonNull(zone, "zone is null");
    }

    /** The day as exactly eight digits, as it becomes part of a key. */
    String day(JsonNode timestamp) throws UnreadableMessageException {
        if (!timestamp.isTextual()) {
            throw new UnreadableMessageException(field + " is not a string");
        }
        String text = timestamp.textValue();
        LocalDate written = written(text);
        LocalDate day = zone.flatMap(other -> dateIn(other, text)).orElse(written);
        if (day.getYear() < 0 || day.getYear() > LAST_YEAR) {
            throw new UnreadableMessageException(field + " is on a day of more than eight digits");
        }
        return day.format(EIGHT_DIGITS);
    }

    private LocalDate written(String text) throws UnreadableMessageException {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            try {
                return LocalDate.of(number(date, 1), number(date, 2), number(date, 3));
            } catch (DateTimeException e) {
                throw new UnreadableMessageException(field + " has no such date", e);
            }
        }
        throw new UnreadableMessageException(field + " has no date");
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Optional<LocalDate> dateIn(ZoneId zone, String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, TIMESTAMP)
                    .atZoneSameInstant(zone)
                    .toLocalDate());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
