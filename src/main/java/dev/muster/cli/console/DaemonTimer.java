package dev.muster.cli.console;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A timer on one thread that does not keep the program alive. */
public final class DaemonTimer {
    private DaemonTimer() {}

    public static ScheduledExecutorService named(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
