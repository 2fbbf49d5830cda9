package dev.muster.cli.option;

import dev.muster.audit.ObjectFilter;
import dev.muster.audit.ObjectFilter.TimeLimit;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that select objects, shared by all commands that list them. */
public final class FilterOptions {
    private static final String BETWEEN = ",(?!$)";
    private static final String UNITS = "KMGTP";
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,19})([" + UNITS + "]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern AGE = Pattern.compile("(\\d{1,5})([hdwy])", Pattern.CASE_INSENSITIVE);

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            description = "only objects of at least so many bytes; 10M is 10 * 1024 * 1024 (K, M, G, T, P)")
    String minSize = "";

    @Option(names = "--max-size", paramLabel = "SIZE", description = "only objects of at most so many bytes")
    String maxSize = "";

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "only objects last modified before 30d (or 12h, 8w, 1y) before the start of the run,"
                    + " or before a date such as 2024-01-31 (UTC)")
    String olderThan = "";

    @Option(
            names = "--newer-than",
            paramLabel = "AGE",
            description = "only objects last modified at that time or later")
    String newerThan = "";

    @Option(
            names = "--storage-class",
            paramLabel = "CLASS",
            split = BETWEEN,
            splitSynopsisLabel = ",",
            description = "only objects of these storage classes, such as STANDARD,GLACIER")
    List<String> storageClasses = List.of();

    @Option(
            names = "--key-include",
            paramLabel = "GLOB",
            split = BETWEEN,
            splitSynopsisLabel = ",",
            description = "only keys that match one of these as a whole: * is any text, ? any character")
    List<String> keyInclude = List.of();

    @Option(
            names = "--key-exclude",
            paramLabel = "GLOB",
            split = BETWEEN,
            splitSynopsisLabel = ",",
            description = "no keys that match one of these; wins over --key-include")
    List<String> keyExclude = List.of();

    /**
     * The filter.
     *
     * @throws UserException if a value cannot be read, or if nothing could match
     */
    public ObjectFilter filter() {
        ObjectFilter filter = new ObjectFilter(
                size("--min-size", minSize).orElse(0L),
                size("--max-size", maxSize).orElse(Long.MAX_VALUE),
                limit("--older-than", olderThan),
                limit("--newer-than", newerThan),
                names("--storage-class", storageClasses),
                names("--key-include", keyInclude),
                names("--key-exclude", keyExclude));
        if (filter.minSize() > filter.maxSize()) {
            throw wrong("--min-size is " + minSize + ", --max-size " + maxSize
                    + ": no size is both; give a larger --max-size");
        }
        long now = System.currentTimeMillis();
        if (filter.olderThan().isPresent()
                && filter.newerThan().isPresent()
                && filter.olderThan().get().at(now) <= filter.newerThan().get().at(now)) {
            throw wrong("--older-than is " + olderThan + ", --newer-than " + newerThan
                    + ": no object is both; the age of --newer-than is the greater one");
        }
        return filter;
    }

    /** Refuses conditions that incomplete uploads cannot meet. */
    public void validate(boolean uploads) {
        if (filter().ofContent() && uploads) {
            throw wrong("--uploads counts incomplete uploads, which have neither a size nor a storage class to go by:"
                    + " leave it out, or --min-size, --max-size and --storage-class");
        }
    }

    private static Optional<Long> size(String option, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher size = SIZE.matcher(text.strip());
        try {
            if (size.matches()) {
                int unit = size.group(2).isEmpty()
                        ? 0
                        : UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT)) + 1;
                return Optional.of(Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * unit)));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(option + " is " + text + ": give less than 8192P", e);
        }
        throw wrong(option + " is " + text + ": give bytes such as 4096, or 10K, 10M, 10G, 10T");
    }

    private static Optional<TimeLimit> limit(String option, String given) {
        String text = given.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            long number = Long.parseLong(age.group(1));
            Duration unit =
                    switch (age.group(2).toLowerCase(Locale.ROOT)) {
                        case "h" -> Duration.ofHours(1);
                        case "d" -> Duration.ofDays(1);
                        case "w" -> Duration.ofDays(7);
                        default -> Duration.ofDays(365);
                    };
            return Optional.of(new TimeLimit(text, unit.multipliedBy(number), null));
        }
        try {
            return Optional.of(new TimeLimit(text, null, date(text)));
        } catch (DateTimeException e) {
            throw wrong(
                    option + " is " + text + ": give an age such as 30d, 12h, 8w or 1y, or a date such as 2024-01-31"
                            + " or 2024-01-31T12:00:00Z",
                    e);
        }
    }

    /** Parses a date; days are in UTC, as in reports. */
    private static Instant date(String text) {
        return text.length() <= 10
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    private static List<String> names(String option, List<String> names) {
        if (names.stream().anyMatch(name -> name.isBlank() || name.endsWith(","))) {
            throw wrong(option + " has an empty name: leave out the comma that is too many");
        }
        return names;
    }

    private static UserException wrong(String message) {
        return new UserException(ExitCodes.USAGE, message);
    }

    private static UserException wrong(String message, Exception cause) {
        return new UserException(ExitCodes.USAGE, message, cause);
    }
}
