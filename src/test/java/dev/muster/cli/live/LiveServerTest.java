package dev.muster.cli.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.cli.UserException;
import dev.muster.cluster.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();
    private LiveServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LiveServer("127.0.0.1", 0, "<p>page", () -> "[[1,2,3]]");
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void itAnswersWithThePageAndNothingElse() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("<p>page");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "connect-src 'self'");
        assertThat(get("/etc").statusCode()).isEqualTo(404);
        assertThat(get("/report").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    }

    @Test
    void aRequestByTheNameOfAnotherSiteIsRefused() throws Exception {
        assertThat(reader("evil.example").readLine()).contains(" 421 ");
        assertThat(reader("localhost:1").readLine()).contains(" 200 ");
        assertThat(reader("[::1]:1").readLine()).contains(" 200 ");
    }

    @Test
    void aReaderGetsTheHistoryThenTheStatesAndTheEnd() throws Exception {
        BufferedReader reader = reader("127.0.0.1");
        awaitLine(reader, "event: history");
        assertThat(reader.readLine()).isEqualTo("data: [[1,2,3]]");
        await().until(server::watched);
        server.tell("{\"objects\": 7}");
        awaitLine(reader, "event: state");
        assertThat(reader.readLine()).isEqualTo("data: {\"objects\": 7}");

        long before = System.nanoTime();
        server.end("{}", "<p>report", Duration.ofMillis(200));

        awaitLine(reader, "event: end");
        assertThat(System.nanoTime() - before).isGreaterThan(150_000_000L);
        assertThat(get("/report").body()).isEqualTo("<p>report");
        await().until(() -> !server.watched());
    }

    @Test
    void withoutReadersTheEndIsNotWaitedFor() throws Exception {
        long before = System.nanoTime();
        server.end("{}", "", Duration.ofSeconds(20));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void slowReadersHoldUpNeitherTheRunNorTheOthers() throws Exception {
        for (int i = 0; i < 31; i++) {
            open("127.0.0.1");
        }
        BufferedReader good = reader("127.0.0.1");
        awaitLine(good, "event: history");
        await().untilAsserted(() -> assertThat(reader("127.0.0.1").readLine()).contains(" 503 "));

        String large = "x".repeat(1 << 20);
        long before = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            server.tell(large + i);
        }
        server.tell("last");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        awaitLine(good, "data: last");
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aPortInUseIsOneLine() {
        assertThatThrownBy(() -> LivePage.open(new HostPort("127.0.0.1", server.port())))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--serve: cannot answer at 127.0.0.1:" + server.port())
                .hasMessageContaining("give another port");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private Socket open(String host) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        socket.getOutputStream().write(("GET /events HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(UTF_8));
        return socket;
    }

    private BufferedReader reader(String host) throws IOException {
        return new BufferedReader(new InputStreamReader(open(host).getInputStream(), UTF_8));
    }

    private static void awaitLine(BufferedReader reader, String wanted) throws IOException {
        String line = reader.readLine();
        while (!wanted.equals(line)) {
            assertThat(line).as("looking for " + wanted).isNotNull();
            line = reader.readLine();
        }
    }
}
