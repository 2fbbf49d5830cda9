package dev.muster.cluster.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
    private final NodeMetrics metrics = new NodeMetrics();
    private final AtomicBoolean ready = new AtomicBoolean();
    private StatusServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new StatusServer("127.0.0.1", 0, metrics, ready::get);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aNodeIsLiveAtOnceAndReadyAsAMember() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);

        ready.set(true);

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsThatAreNeverSentToTheirEndHoldUpNoOther() throws Exception {
        try (Socket first = halfSent();
                Socket second = halfSent()) {
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    private Socket halfSent() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost:".getBytes(UTF_8));
        return socket;
    }

    @Test
    void triesAreTimedByJobAndOutcome() throws Exception {
        Failure slow = new Failure(Failure.Kind.THROTTLED, "SlowDown", "please");
        Executor<Boolean, String> executor = metrics.timed(
                "audit",
                good -> good
                        ? CompletableFuture.completedFuture("page")
                        : CompletableFuture.failedFuture(new TaskException(slow)));

        assertThat(executor.execute(true).join()).isEqualTo("page");
        assertThatThrownBy(() -> executor.execute(false).join()).isInstanceOf(CompletionException.class);

        assertThat(get("/metrics").body())
                .contains("muster_task_seconds_count{job=\"audit\",outcome=\"completed\"} 1")
                .contains("muster_task_seconds_count{job=\"audit\",outcome=\"throttled\"} 1")
                .contains("quantile=\"0.99\"");
    }

    @Test
    void aTryThatIsCalledOffIsNoDefect() throws Exception {
        Executor<String, String> executor = metrics.timed("audit", task -> new CompletableFuture<>());

        executor.execute("hedged").cancel(true);

        assertThat(get("/metrics").body())
                .contains("muster_task_seconds_count{job=\"audit\",outcome=\"cancelled\"} 1")
                .doesNotContain("defect");
    }

    @Test
    void aRunIsShownWhileThisNodeCoordinatesIt() throws Exception {
        Stats stats = new Stats(20, 11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1);
        Progress progress = new Progress(stats, Map.of("objects", 12_345L), Duration.ofSeconds(4));

        AtomicReference<Instant> savedAt = new AtomicReference<>(Instant.now());
        metrics.runs().seen("audit-1", "audit", progress, savedAt::get);

        assertThat(get("/metrics").body())
                .contains("muster_run_tasks{job=\"audit\",run=\"audit-1\",state=\"queued\"} 6.0")
                .contains("muster_run_tries{job=\"audit\",result=\"throttled\",run=\"audit-1\"} 2.0")
                .contains("muster_run_counts{count=\"objects\",job=\"audit\",run=\"audit-1\"} 12345.0")
                .contains("muster_run_workers{job=\"audit\",run=\"audit-1\"} 9.0")
                .containsPattern("muster_run_checkpoint_age_seconds\\{job=\"audit\",run=\"audit-1\"} \\d\\d?\\.");

        savedAt.set(Instant.now().minus(Duration.ofDays(1)));
        assertThat(get("/metrics").body())
                .as("a checkpoint grows old, also when the run says nothing")
                .containsPattern("muster_run_checkpoint_age_seconds\\{job=\"audit\",run=\"audit-1\"} 86[4-9]\\d\\d\\.");

        metrics.runs().gone("audit-1");

        assertThat(get("/metrics").body()).doesNotContain("audit-1");
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
