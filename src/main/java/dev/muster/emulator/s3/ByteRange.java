package dev.muster.emulator.s3;

import dev.muster.emulator.server.ServiceError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes.
 *
 * @param from inclusive
 * @param until exclusive
 */
record ByteRange(long from, long until) {
    private static final Pattern PATTERN = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Reads a Range header; empty if it is none that S3 heeds, so that the whole object is meant.
     *
     * @throws ServiceError with status 416 if the range lies outside of the object
     */
    static Optional<ByteRange> parse(String text, long size) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
            return Optional.empty();
        }
        boolean suffix = matcher.group(1).isEmpty();
        long second = matcher.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(matcher.group(2));
        long from = suffix ? Math.max(0, size - second) : Long.parseLong(matcher.group(1));
        long until = suffix ? size : Math.min(size, second + 1);
        if (!suffix && second < from) {
            return Optional.empty();
        }
        if (from >= until) {
            throw new ServiceError(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return Optional.of(new ByteRange(from, until));
    }

    String contentRange(long size) {
        return "bytes " + from + "-" + (until - 1) + "/" + size;
    }
}
