package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Prints log events through {@link Console}, so that they do not mix with the status line. */
public final class ConsoleLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static volatile Console console = Console.onStderr();
    private static volatile boolean stackTraces;
    private static volatile boolean timed;
    private static volatile Optional<JsonEncoder> json = Optional.empty();

    private final RepeatFilter repetitions = new RepeatFilter();

    /** Sends all further events to a console. */
    static void use(Console replacement, boolean withStackTraces) {
        console = replacement;
        stackTraces = withStackTraces;
        timed = false;
    }

    /** Starts all further events with the time, for a program that runs for days. */
    static void useTime() {
        timed = true;
    }

    /** Prints all further events as JSON, one object per line. */
    static void useJson() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithThreadName(false);
        encoder.setWithContext(false);
        encoder.setWithMarkers(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        json = Optional.of(encoder);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (repeated(event)) {
            return;
        }
        Optional<JsonEncoder> encoder = json;
        console.line(encoder.isPresent() ? new String(encoder.get().encode(event), UTF_8).strip() : text(event));
    }

    /**
     * Tells whether an event repeats a recent one, as Pekko logs the same for every message to a node that is being cut
     * off.
     */
    private boolean repeated(ILoggingEvent event) {
        return event.getLoggerName().startsWith("org.apache.pekko.")
                && repetitions.contains(event.getFormattedMessage(), event.getTimeStamp());
    }

    private static String text(ILoggingEvent event) {
        String level = event.getLevel().isGreaterOrEqual(Level.ERROR)
                ? "error"
                : event.getLevel().isGreaterOrEqual(Level.WARN)
                        ? "warning"
                        : event.getLevel().levelStr.toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder(timed ? event.getInstant().truncatedTo(ChronoUnit.MILLIS) + " " : "")
                .append("muster: ")
                .append(level)
                .append(": ")
                .append(event.getFormattedMessage())
                .append(about(event));
        if (event.getThrowableProxy() != null && stackTraces) {
            text.append(System.lineSeparator()).append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return text.toString();
    }

    /** Subject of a line, such as its run, from Muster's own fields and not those of libraries. */
    private static String about(ILoggingEvent event) {
        StringJoiner fields = new StringJoiner(", ", " (", ")").setEmptyValue("");
        for (String field : List.of("run", "node")) {
            Optional.ofNullable(event.getMDCPropertyMap().get(field))
                    .ifPresent(value -> fields.add(field + "=" + value));
        }
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> fields.add(pair.key + "=" + pair.value));
        }
        return fields.toString();
    }

    /** Recognizes texts that were printed a moment ago. Thread-safe. */
    static final class RepeatFilter {
        private static final long MOMENT_MILLIS = 10_000;
        private static final int MOST = 64;

        /** Time at which each text was last printed, the oldest first; epoch milliseconds. */
        private final Map<String, Long> said = new LinkedHashMap<>();

        /** Tells whether a text was printed a moment ago; if not, it is noted as printed now. */
        synchronized boolean contains(String text, long nowMillis) {
            Long before = said.get(text);
            if (before != null && nowMillis - before < MOMENT_MILLIS) {
                return true;
            }
            said.remove(text);
            said.put(text, nowMillis);
            if (said.size() > MOST) {
                said.remove(said.keySet().iterator().next());
            }
            return false;
        }
    }
}
