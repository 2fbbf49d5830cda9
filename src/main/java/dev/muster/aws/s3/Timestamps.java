package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads timestamps such as {@code 2024-02-29T12:34:56.000Z} without allocating objects, and also other forms. */
final class Timestamps {
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int[] DAYS_SINCE_MARCH = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
    private static final int SECONDS_END = "2024-02-29T12:34:56".length();
    private static final int LONGEST = SECONDS_END + ".123456789Z".length();
    private static final int LONGEST_UNUSUAL = 64;
    /** Zero of Go's clock, which servers written in Go send for an unknown date. */
    private static final long NO_DATE = -62_135_596_800_000L;

    private static final Pattern DATE = Pattern.compile("(?<year>\\d{4})-?(?<month>\\d\\d)-?(?<day>\\d\\d)"
            + "(?:[Tt ](?<hour>\\d\\d):?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,30}))?)?)?"
            + " ?(?:[Zz]|UTC|GMT|(?<zone>[+-]\\d\\d(?::?\\d\\d)?))?");
    private static final Pattern EPOCH = Pattern.compile("\\d{9,10}(?:\\.\\d{1,9})?|\\d{12,13}");

    private Timestamps() {}

    /**
     * Milliseconds since the epoch; what is finer is cut off. UTC marked by {@code Z} is read here at once; then what
     * other servers write: other offsets or none, which is UTC, a space for the {@code T}, a comma for the point, RFC
     * 1123, seconds or milliseconds since the epoch.
     *
     * @return {@link ListingEntry#UNKNOWN_DATE} if it is none of these, or a zero that stands for no date
     */
    static long parse(byte[] text, int offset, int length) {
        long millis = read(text, offset, length);
        return millis == NO_DATE ? ListingEntry.UNKNOWN_DATE : millis;
    }

    private static long read(byte[] text, int offset, int length) {
        if (!isPlain(text, offset, length)) {
            return parseUnusual(text, offset, length);
        }
        int century = two(text, offset);
        int yearOfCentury = two(text, offset + 2);
        int month = two(text, offset + 5);
        int day = two(text, offset + 8);
        int hour = two(text, offset + 11);
        int minute = two(text, offset + 14);
        int second = two(text, offset + 17);
        int broken = century | yearOfCentury | month | day | hour | minute | second;
        if (broken < 0 || hour > 23 || minute > 59 || second > 59) {
            return parseUnusual(text, offset, length);
        }
        boolean leap = yearOfCentury == 0 ? (century & 3) == 0 : (yearOfCentury & 3) == 0;
        if (month < 1 || month > 12 || day < 1 || day > (month == 2 && leap ? 29 : DAYS[month - 1])) {
            return ListingEntry.UNKNOWN_DATE;
        }
        int secondOfDay = hour * 3_600 + minute * 60 + second;
        return (epochDay(century, yearOfCentury, month, day) * 86_400L + secondOfDay) * 1_000
                + millis(text, offset + SECONDS_END, offset + length - 1);
    }

    /** Tells whether the separators stand where they should, and any fraction is made of digits. */
    private static boolean isPlain(byte[] text, int offset, int length) {
        return length > SECONDS_END
                && length <= LONGEST
                && text[offset + 4] == '-'
                && text[offset + 7] == '-'
                && text[offset + 10] == 'T'
                && text[offset + 13] == ':'
                && text[offset + 16] == ':'
                && text[offset + length - 1] == 'Z'
                && isFraction(text, offset + SECONDS_END, offset + length - 1);
    }

    private static boolean isFraction(byte[] text, int from, int to) {
        if (from == to) {
            return true;
        }
        for (int i = from + 1; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        return text[from] == '.' && to > from + 1;
    }

    private static int millis(byte[] text, int from, int to) {
        int millis = 0;
        for (int i = from + 1; i <= from + 3; i++) {
            millis = millis * 10 + (i < to ? text[i] - '0' : 0);
        }
        return millis;
    }

    /** The value of two digits; negative if they are not digits. */
    private static int two(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        int broken = tens | ones | 9 - tens | 9 - ones;
        return broken < 0 ? Integer.MIN_VALUE : tens * 10 + ones;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, for years from 0, counted in years that begin in March. */
    private static int epochDay(int century, int yearOfCentury, int month, int day) {
        int marchCentury = century;
        int marchYear = yearOfCentury;
        if (month < 3 && --marchYear < 0) {
            marchCentury--;
            marchYear = 99;
        }
        return marchCentury * 36_524
                + (marchCentury >> 2)
                + marchYear * 365
                + (marchYear >> 2)
                + DAYS_SINCE_MARCH[month - 1]
                + day
                - 719_469;
    }

    private static long parseUnusual(byte[] text, int offset, int length) {
        String source = new String(text, offset, Math.min(length, LONGEST_UNUSUAL), UTF_8).strip();
        Matcher date = DATE.matcher(source);
        try {
            if (date.matches()) {
                return millis(date);
            } else if (EPOCH.matcher(source).matches()) {
                BigDecimal number = new BigDecimal(source);
                return source.matches("\\d{12,}.*")
                        ? number.longValue()
                        : number.movePointRight(3).longValue();
            }
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(source.replaceFirst("(?i) UTC$", " GMT")))
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return ListingEntry.UNKNOWN_DATE;
        }
    }

    private static long millis(Matcher date) {
        String fraction = date.group("fraction");
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
        LocalDateTime local = LocalDateTime.of(
                number(date, "year"),
                number(date, "month"),
                number(date, "day"),
                number(date, "hour"),
                number(date, "minute"),
                Math.min(number(date, "second"), 59),
                nanos);
        String zone = date.group("zone");
        ZoneOffset offset = zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
        return local.toInstant(offset).toEpochMilli();
    }

    private static int number(Matcher date, String group) {
        String digits = date.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
