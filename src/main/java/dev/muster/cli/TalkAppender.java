package dev.muster.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Says log events through {@link Talk}, so that they and the status line stay apart. */
public final class TalkAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static volatile Talk talk = Talk.onStderr();
    private static volatile boolean stackTraces;

    /** Sends all further events there. */
    static void use(Talk replacement, boolean withStackTraces) {
        talk = replacement;
        stackTraces = withStackTraces;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String level = event.getLevel().isGreaterOrEqual(Level.ERROR)
                ? "error"
                : event.getLevel().isGreaterOrEqual(Level.WARN)
                        ? "warning"
                        : event.getLevel().levelStr.toLowerCase(java.util.Locale.ROOT);
        StringBuilder text =
                new StringBuilder("muster: ").append(level).append(": ").append(event.getFormattedMessage());
        if (event.getThrowableProxy() != null && stackTraces) {
            text.append(System.lineSeparator()).append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        talk.line(text.toString());
    }
}
