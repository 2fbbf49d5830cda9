package dev.muster.events.backfill;

import static java.util.Objects.requireNonNull;

import dev.muster.output.Json;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines such as {@code 2022-04-04 22:45:55,436 UNIQUEID=1833323238.399, CHANNEL=SIP/630-0000011f,
 * CALLERID(number)=+12345678901, name=filterdial}. Only time, channel and name of the line go into the message, as the
 * caller's number is private. The time is written in seconds, as in the events themselves and in earlier backfills:
 * lines are compared as text, and one with milliseconds would be added beside an existing one.
 *
 * @param hostname host that the events are attributed to
 * @param zone time zone of the lines
 */
public record MetricLine(String hostname, ZoneId zone) {
    private static final Pattern LINE =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}[,.]\\d{3}) (.*)", Pattern.DOTALL);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    public MetricLine {
        requireNonNull(hostname, "hostname is null");
        requireNonNull(zone, "zone is null");
    }

    /** A line that cannot be parsed; its message is the reason, without any of the content. */
    public static final class MalformedLineException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedLineException(String reason) {
            super(reason);
        }
    }

    /**
     * The message of a line, as a JSON document.
     *
     * @throws MalformedLineException if it has no time, channel or name
     */
    public String message(String line) throws MalformedLineException {
        Matcher parts = LINE.matcher(line.strip());
        if (!parts.matches()) {
            throw new MalformedLineException("it does not begin with a time such as 2022-04-04 22:45:55,436");
        }
        Map<String, String> fields = fields(parts.group(2));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("Event", "UserEvent");
        event.put("UserEvent", required(fields, "name"));
        event.put("Channel", required(fields, "CHANNEL"));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("timestamp", timestamp(parts.group(1)));
        message.put("hostname", hostname);
        message.put("event", event);
        return Json.dumps(message);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf(", ", start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', start);
            if (equals >= 0 && equals < end) {
                fields.putIfAbsent(text.substring(start, equals), text.substring(equals + 1, end));
            }
            start = end + 2;
        }
        return fields;
    }

    private static String required(Map<String, String> fields, String name) throws MalformedLineException {
        String value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new MalformedLineException("it has no " + name + "=…");
        }
        return value;
    }

    /**
     * Instant of a local time: the earlier of two when clocks are set back, the one after the gap when they are set
     * forward.
     */
    private String timestamp(String time) throws MalformedLineException {
        try {
            return LocalDateTime.parse(time.replace(',', '.'), TIME)
                    .atZone(zone)
                    .format(TIMESTAMP);
        } catch (DateTimeException e) {
            throw new MalformedLineException("its time does not exist");
        }
    }
}
