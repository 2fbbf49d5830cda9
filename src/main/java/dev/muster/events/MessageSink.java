package dev.muster.events;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The side of a run that holds messages and writes them.
 *
 * @param backPressure how many it may hold, and when they are due
 * @param writeTimeout after which a write is taken for failed
 */
record MessageSink(DayFileRouter dayFiles, BackPressureLimiter backPressure, Duration writeTimeout) {
    MessageSink {
        requireNonNull(dayFiles, "dayFiles is null");
        requireNonNull(backPressure, "backPressure is null");
        requireNonNull(writeTimeout, "writeTimeout is null");
    }
}
