package dev.muster.cli.console;

import dev.muster.cli.ExitCodes;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Handles Ctrl-C, SIGTERM and SIGHUP: the first asks the run to stop, a second one quits at once.
 *
 * <p>A shutdown hook, which is Java's documented means, does not notice a second signal; {@code sun.misc.Signal} does,
 * and is used by reflection since it is not part of the platform's API. If it is missing, a signal ends the process as
 * usual.
 */
public final class SignalHandler implements AutoCloseable {
    private static final long MOMENT_MILLIS = 200;

    private final AtomicInteger count = new AtomicInteger();
    private final Runnable onRequest;
    private final int requests;
    private final Runnable lastWords;
    private volatile boolean closed;

    public SignalHandler(Runnable onFirst) {
        this(onFirst, () -> {});
    }

    /** @param lastWords prints the last lines before a second signal quits, if that does not take long */
    public SignalHandler(Runnable onFirst, Runnable lastWords) {
        this(1, onFirst, lastWords);
    }

    private SignalHandler(int requests, Runnable onRequest, Runnable lastWords) {
        this.requests = requests;
        this.onRequest = onRequest;
        this.lastWords = lastWords;
        handle("INT");
        handle("TERM");
        handle("HUP");
    }

    /** A handler for work that cannot stop halfway: the first signal already quits, after the last lines. */
    public static SignalHandler quitting(Runnable lastWords) {
        return new SignalHandler(0, () -> {}, lastWords);
    }

    public boolean interrupted() {
        return count.get() > 0;
    }

    /** Removes the handler: from now on a signal ends the process at once. */
    @Override
    public void close() {
        closed = true;
    }

    private void onSignal() {
        int signals = count.incrementAndGet();
        if (signals <= requests && !closed) {
            onRequest.run();
            return;
        }
        if (signals == requests + 1 && !closed) {
            sayLastWords();
        }
        Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
    }

    /** Prints the last lines in a thread of their own, as a blocked stderr must not keep the process alive. */
    private void sayLastWords() {
        Thread saying = new Thread(lastWords, "last-words");
        saying.setDaemon(true);
        saying.start();
        try {
            saying.join(MOMENT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            onSignal();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == arguments[0];
                            default -> "muster's handler";
                        };
                    });
            Object subject = signal.getConstructor(String.class).newInstance(name);
            Method handle = signal.getMethod("handle", signal, handler);
            Object before = handle.invoke(null, subject, proxy);
            if (before == handler.getField("SIG_IGN").get(null)) { // as nohup does
                handle.invoke(null, subject, before);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // No such signal on this system: the default stays.
        }
    }
}
