package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.s3.MalformedPageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers everything with one and the same document. */
class OrganizationsTest {
    private volatile String answer = "";
    private HttpServer server;
    private AwsClients clients;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        clients = new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys("key", "secret", Optional.empty())),
                Optional.of("us-east-1"),
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                1));
    }

    @AfterEach
    void stop() {
        clients.close();
        server.stop(0);
    }

    @Test
    void anAnswerThatSaysNothingIsNoEmptyOrganization() {
        Organizations calls = new Organizations(clients);

        assertThatExceptionOfType(MalformedPageException.class).isThrownBy(() -> calls.listAccounts(Optional.empty()));
        assertThatExceptionOfType(MalformedPageException.class)
                .isThrownBy(() -> calls.listAccountsIn("ou-1", Optional.empty()));
        assertThatExceptionOfType(MalformedPageException.class)
                .isThrownBy(() -> calls.listUnitsIn("ou-1", Optional.empty()));
        assertThatExceptionOfType(MalformedPageException.class).isThrownBy(() -> calls.tags("111111111111"));
    }

    @Test
    void anEmptyListIsAnAnswer() {
        answer = "{\"Accounts\": []}";

        assertThat(new Organizations(clients).listAccounts(Optional.empty()).items())
                .isEmpty();
    }
}
