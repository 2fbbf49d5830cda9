package dev.muster.cli;

import ch.qos.logback.classic.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets what is logged: warnings of all, and with {@code --debug} everything that Muster itself says. */
final class Logging {
    static final Logger LOG = LoggerFactory.getLogger("dev.muster");

    private Logging() {}

    static void set(Talk talk, boolean debug) {
        TalkAppender.use(talk, debug);
        if (debug && LOG instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(Level.DEBUG);
        }
    }
}
