package dev.muster.aws.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.format.DateTimeParseException;
import software.amazon.awssdk.utils.DateUtils;

/** Reads ISO 8601 timestamps such as {@code 2024-02-29T12:34:56.000Z} without objects. */
final class Timestamps {
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final byte[] SHAPE = "dddd-dd-ddTdd:dd:dd".getBytes(UTF_8);
    private static final int SECONDS_END = SHAPE.length;

    private Timestamps() {}

    /**
     * Milliseconds since the epoch; what is finer is cut off. UTC marked by {@code Z} is read here, every other form
     * of ISO 8601 as the SDK reads it.
     *
     * @throws MalformedPageException if it is no timestamp
     */
    static long parse(byte[] text, int offset, int length) {
        if (!isPlain(text, offset, length)) {
            return parseUnusual(text, offset, length);
        }
        int year = number(text, offset, 4);
        int month = number(text, offset + 5, 2);
        int day = number(text, offset + 8, 2);
        int hour = number(text, offset + 11, 2);
        int minute = number(text, offset + 14, 2);
        int second = number(text, offset + 17, 2);
        if (month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            throw malformed(text, offset, length);
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return parseUnusual(text, offset, length);
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
        return seconds * 1_000 + millis(text, offset + SECONDS_END, offset + length - 1);
    }

    private static boolean isPlain(byte[] text, int offset, int length) {
        if (length <= SECONDS_END || length > SECONDS_END + 11 || text[offset + length - 1] != 'Z') {
            return false;
        }
        for (int i = 0; i < SECONDS_END; i++) {
            if (SHAPE[i] == 'd' ? !isDigit(text[offset + i]) : text[offset + i] != SHAPE[i]) {
                return false;
            }
        }
        return isFraction(text, offset + SECONDS_END, offset + length - 1);
    }

    private static boolean isFraction(byte[] text, int from, int to) {
        if (from == to) {
            return true;
        }
        for (int i = from + 1; i < to; i++) {
            if (!isDigit(text[i])) {
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

    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, for years from 0, counted in years that begin in March. */
    private static long epochDay(int year, int month, int day) {
        long marchYear = month > 2 ? year : year - 1L;
        long century = Math.floorDiv(marchYear, 100);
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return marchYear * 365
                + Math.floorDiv(marchYear, 4)
                - century
                + Math.floorDiv(century, 4)
                + dayOfYear
                - 719_468;
    }

    private static long parseUnusual(byte[] text, int offset, int length) {
        try {
            return DateUtils.parseIso8601Date(new String(text, offset, length, UTF_8))
                    .toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw malformed(text, offset, length);
        }
    }

    private static MalformedPageException malformed(byte[] text, int offset, int length) {
        return new MalformedPageException("no timestamp: " + new String(text, offset, length, UTF_8));
    }
}
