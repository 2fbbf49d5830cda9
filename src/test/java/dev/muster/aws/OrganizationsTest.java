package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.s3.MalformedPageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrganizationsTest {
    /** Gives the answer to a request's body. */
    private volatile UnaryOperator<String> service = request -> "";

    private HttpServer server;
    private AwsClients clients;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            byte[] body = service.apply(request).getBytes(UTF_8);
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
        service = request -> "{\"Accounts\": []}";

        assertThat(new Organizations(clients).listAccounts(Optional.empty()).items())
                .isEmpty();
    }

    @Test
    void aDateInAnotherFormIsNoReasonToLoseAPage() {
        service =
                request -> "{\"Accounts\": [{\"Id\": \"111111111111\", \"JoinedTimestamp\": \"soon, \\\"or later\\\"\","
                        + " \"Name\": \"a \\\"JoinedTimestamp\\\": b\"}, {\"Id\": \"222222222222\",\"JoinedTimestamp\":1e99}]}";

        assertThat(new Organizations(clients).listAccounts(Optional.empty()).items())
                .extracting(MemberAccount::id, MemberAccount::name)
                .containsExactly(tuple("111111111111", "a \"JoinedTimestamp\": b"), tuple("222222222222", ""));
    }

    @Test
    void aFullPageThatSaysItIsTheLastIsAskedForOneEntryLess() {
        service = request -> request.contains("\"MaxResults\":19") ? accounts(19, "t") : accounts(20, "");

        assertThat(new Organizations(clients).listAccounts(Optional.empty()).nextToken())
                .contains("t");
        assertThat(new Organizations(clients)
                        .listAccountsIn("ou-1", Optional.empty())
                        .nextToken())
                .contains("t");
    }

    @Test
    void aServerThatNamesNoTokenThoughItHasMoreContradictsItself() {
        service = request -> request.contains("\"MaxResults\":19") ? accounts(19, "") : accounts(20, "");

        Organizations.Page<MemberAccount> page = new Organizations(clients).listAccounts(Optional.empty());

        assertThat(page.items()).hasSize(20);
        assertThat(page.nextToken()).contains("");
    }

    @Test
    void aServerThatSendsAllWhateverItIsAskedForIsBelieved() {
        service = request -> accounts(20, "");

        assertThat(new Organizations(clients).listAccounts(Optional.empty()).nextToken())
                .isEmpty();
    }

    private static String accounts(int count, String token) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"Id\":\"%012d\",\"Name\":\"a\",\"State\":\"ACTIVE\"}".formatted(i))
                .collect(Collectors.joining(
                        ",", "{\"Accounts\":[", token.isEmpty() ? "]}" : "],\"NextToken\":\"" + token + "\"}"));
    }
}
