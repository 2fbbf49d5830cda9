package dev.muster.cli.console;

import dev.muster.cli.ExitCodes;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears Ctrl-C, SIGTERM and SIGHUP: the first asks the run to stop, a second one quits at once.
 *
 * <p>Java's documented means, a shutdown hook, never hears a second signal; {@code sun.misc.Signal} does, and is reached
 * by reflection since it is not part of the platform's API. Where it is missing, a signal ends the process as usual.
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

    /** @param lastWords said before a further signal quits, as far as that takes no longer than a moment */
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

    /** For what cannot stop half way: the first signal already quits, after the last words. */
    public static SignalHandler quitting(Runnable lastWords) {
        return new SignalHandler(0, () -> {}, lastWords);
    }

    public boolean interrupted() {
        return count.get() > 0;
    }

    /** From here on a signal ends the process at once. */
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

    /** In a thread of their own: a stderr that takes no more must not keep the process. */
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
            if (before == handler.getField("SIG_IGN").get(null)) { // as nohup has it
                handle.invoke(null, subject, before);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // No such signal on this system: the default stays.
        }
    }
}
