package dev.muster.cli.console;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets what is logged: warnings, and with {@code --debug} everything that Muster itself says, and the warnings of libraries
 * whose words mean little to users.
 */
public final class Logging {
    /** Switched off in {@code logback.xml}. */
    private static final List<String> SILENT_OTHERWISE =
            List.of("org.apache.pekko.cluster", "org.apache.pekko.remote", "org.apache.pekko.stream.Materializer");

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

    /** A node also says what it does, and as JSON if so asked. */
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
     * To be called before actors start: where several threads are the first to log at the same time, SLF4J says on stderr
     * that it was not ready.
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

    /** Not a constant: a logger takes time to set up, which help and wrong use need not wait for. */
    private static Logger logger() {
        return LoggerFactory.getLogger("dev.muster");
    }
}
