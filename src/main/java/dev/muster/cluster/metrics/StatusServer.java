package dev.muster.cluster.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code /metrics} with Prometheus text, {@code /health/live} while the process runs, and {@code /health/ready}
 * with 200 while the node is a member of its cluster, else 503. Plain HTTP, read-only.
 */
public final class StatusServer implements AutoCloseable {
    /**
     * Simultaneous requests; together with their time limit this keeps a few incomplete requests from blocking others.
     */
    private static final int THREADS = 8;

    static {
        // A property of the JDK's server, which reads it once. Without it a request may take forever.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", "10");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "muster-status");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts the server.
     *
     * @param port 0 for any free port
     * @throws IOException if the address cannot be bound
     */
    public StatusServer(String host, int port, NodeMetrics metrics, BooleanSupplier ready) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/metrics", exchange -> reply(exchange, 200, metrics.scrape()));
        server.createContext("/health/live", exchange -> reply(exchange, 200, "live\n"));
        server.createContext("/health/ready", exchange -> {
            boolean member = ready.getAsBoolean();
            reply(exchange, member ? 200 : 503, member ? "ready\n" : "not a member of a cluster\n");
        });
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
