package dev.muster.cli.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Answers with a page, and tells its readers of events (server-sent events of the HTML standard). A reader that is slow
 * misses events, and holds up nobody else: each has a thread, which always sends the newest state. Read-only. Only
 * requests to the name by which the page was announced, or to an address, are answered, so that no other site can read
 * it by a name of its own.
 */
final class LiveServer implements AutoCloseable {
    private static final int MOST_READERS = 32;
    /** Enough for all readers, and for those that load the page. */
    private static final int THREADS = MOST_READERS + 16;

    static {
        // A property of the JDK's server, which reads it once. Without it a request may take forever.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", "10");
        }
    }

    private final HttpServer server;
    private final String name;
    private final Supplier<String> history;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "muster-page");
        thread.setDaemon(true);
        return thread;
    });
    private final Semaphore places = new Semaphore(MOST_READERS);
    private String event = "";
    private long number;
    private boolean ended;
    private Optional<String> report = Optional.empty();
    private int unreported;

    /**
     * Starts the server.
     *
     * @param port 0 for any free port
     * @param history that each reader gets before the first state
     * @throws IOException if the address cannot be bound
     */
    LiveServer(String host, int port, String page, Supplier<String> history) throws IOException {
        this.name = host;
        this.history = history;
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", exchange -> answer(exchange, "/", Optional.of(page)));
        server.createContext("/report", exchange -> {
            answer(exchange, "/report", report());
            reported();
        });
        server.createContext("/events", this::follow);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Tells whether anybody reads events. */
    boolean watched() {
        return places.availablePermits() < MOST_READERS;
    }

    /** Tells all readers of a new state. */
    synchronized void tell(String state) {
        if (!ended) {
            event = text("state", state);
            number++;
            notifyAll();
        }
    }

    /** Tells all readers of the end, and waits so long for them to fetch the report. */
    synchronized void end(String end, String html, Duration patience) throws InterruptedException {
        report = Optional.of(html);
        event = text("end", end);
        number++;
        ended = true;
        unreported = MOST_READERS - places.availablePermits();
        notifyAll();
        long until = System.nanoTime() + patience.toNanos();
        while (unreported > 0 && System.nanoTime() < until) {
            wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
    }

    private synchronized Optional<String> report() {
        return report;
    }

    private synchronized void reported() {
        unreported--;
        notifyAll();
    }

    private static String text(String kind, String data) {
        return "event: " + kind + "\ndata: " + data + "\n\n";
    }

    private void answer(HttpExchange exchange, String path, Optional<String> body) throws IOException {
        if (refused(exchange, path)) {
            return;
        }
        byte[] bytes = body.orElse("").getBytes(UTF_8);
        head(exchange, "text/html");
        exchange.sendResponseHeaders(body.isPresent() ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private boolean refused(HttpExchange exchange, String path) throws IOException {
        String host =
                String.valueOf(exchange.getRequestHeaders().getFirst("Host")).replaceFirst(":\\d+$", "");
        boolean named = host.equalsIgnoreCase(name)
                || host.equalsIgnoreCase("localhost")
                || host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]");
        int status = !named
                ? 421
                : !exchange.getRequestMethod().equals("GET")
                        ? 405
                        : exchange.getRequestURI().getPath().equals(path) ? 0 : 404;
        if (status != 0) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
        return status != 0;
    }

    private static void head(HttpExchange exchange, String type) {
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
                                + " connect-src 'self'; frame-ancestors 'none'");
    }

    private void follow(HttpExchange exchange) throws IOException {
        if (refused(exchange, "/events")) {
            return;
        }
        if (!places.tryAcquire()) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        try (OutputStream out = start(exchange)) {
            send(out, text("history", history.get()));
            for (long seen = 0; !over(seen); seen = next(out, seen)) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
            exchange.close();
        }
    }

    private static OutputStream start(HttpExchange exchange) throws IOException {
        head(exchange, "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** Waits for an event that was not sent yet, and sends it; returns its number. */
    private long next(OutputStream out, long seen) throws IOException, InterruptedException {
        String newest;
        long newestNumber;
        synchronized (this) {
            while (number == seen) {
                wait();
            }
            newest = event;
            newestNumber = number;
        }
        send(out, newest);
        return newestNumber;
    }

    private synchronized boolean over(long seen) {
        return ended && seen == number;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
