package dev.muster.cli.console;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the log levels: warnings and, with {@code --debug}, everything of Muster itself and the warnings of libraries
 * that mean little to users.
 */
public final class Logging {
    /** Switched off in {@code logback.xml}. */
    private static final List<String> SILENT_OTHERWISE = List.of(
            "org.apache.pekko.cluster",
            "org.apache.pekko.remote",
            "org.apache.pekko.stream.Materializer",
            "software.amazon.awssdk");

    private static volatile boolean debugging;

    private Logging() {}

    public static void set(Console console, boolean debug) {
        debugging = debug;
        ConsoleLogAppender.use(console, debug);
        if (debug && logger() instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(Level.DEBUG);
            SILENT_OTHERWISE.forEach(
                    name -> logger.getLoggerContext().getLogger(name).setLevel(Level.WARN));
        }
    }

    /** Sets logging for a node, which also logs what it does, as JSON if requested. */
    public static void forNode(boolean json) {
        ConsoleLogAppender.useTime();
        if (json) {
            ConsoleLogAppender.useJson();
        }
        if (!debugging && logger() instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(Level.INFO);
        }
    }

    /**
     * Initializes logging; must be called before actors start: if several threads log for the first time at once, SLF4J
     * prints a warning to stderr.
     */
    public static void prepare() {
        Logger unused = logger();
    }

    public static void info(String what) {
        logger().info(what);
    }

    public static void warn(String what) {
        logger().warn(what);
    }

    public static void debug(String what, Throwable error) {
        if (debugging) {
            logger().debug(what, error);
        }
    }

    /** The logger, which is no constant as setting it up takes time that help and usage errors need not wait for. */
    private static Logger logger() {
        return LoggerFactory.getLogger("dev.muster");
    }
}
