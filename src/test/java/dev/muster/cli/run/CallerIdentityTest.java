package dev.muster.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An STS that refuses some requests before it answers. */
class CallerIdentityTest {
    private final AtomicInteger refusals = new AtomicInteger();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(stderr, true, UTF_8), false, 80);
    private volatile String code = "Throttling";
    private volatile String body;
    private volatile int status;
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private AwsClients clients;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI sts = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        clients = new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys("key", "secret", Optional.empty())),
                Optional.of("us-east-1"),
                Optional.empty(),
                Map.of("sts", sts),
                false,
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
    void aThrottledRequestIsRepeated() {
        refusals.set(2);

        assertThat(CallerIdentity.account(clients, true, console)).isEqualTo("111111111111");
        assertThat(stderr.size()).isZero();
    }

    @Test
    void anAccountThatIsNeededAndNotToldEndsTheRun() {
        refusals.set(Integer.MAX_VALUE);

        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> CallerIdentity.account(clients, true, console))
                .withMessageContaining("look up the account of the credentials failed: Throttling");
    }

    @Test
    void anAccountThatIsNotNeededMayStayUnknownButNotSilently() {
        refusals.set(Integer.MAX_VALUE);

        assertThat(CallerIdentity.account(clients, false, console)).isEmpty();
        assertThat(stderr.toString(UTF_8)).startsWith("muster: warning: ").contains("the account stays unknown");
    }

    @Test
    void aServerThatKnowsNoAccountsIsNoReasonToWarn() {
        refusals.set(Integer.MAX_VALUE);
        code = "MethodNotAllowed";

        assertThat(CallerIdentity.account(clients, true, console)).isEmpty();
        assertThat(stderr.size()).isZero();
    }

    @Test
    void aRefusalInTheWordsOfS3IsNoReasonToWarnEither() {
        status = 400;
        body = "<Error><Code>InvalidRequest</Code><Message>no such operation</Message></Error>";

        assertThat(CallerIdentity.account(clients, true, console)).isEmpty();
        assertThat(stderr.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "200, <html><body>It works!<br></body></html>",
        "200, <ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>",
        "200, {\"ok\": true}",
        "200, ''",
        "200, <GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>",
        "404, <html>404</html>",
        "404, ''",
        "403, Forbidden",
        "500, garbage",
    })
    void aServerThatHasNoStsLeavesTheAccountUnknownWithOneWarning(int with, String garbage) {
        status = with;
        body = garbage;

        assertThat(CallerIdentity.account(clients, false, console)).isEmpty();
        assertThat(stderr.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("muster: warning: look up the account of the credentials failed: ")
                .doesNotContain("Exception", "null");
    }

    @Test
    void nobodyIsAskedWhoseNoCredentialsAre() {
        try (AwsClients unsigned = new AwsClients(clients.settings().anonymous())) {
            assertThat(CallerIdentity.account(unsigned, false, console)).isEmpty();
            assertThat(asked).hasValue(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        if (body != null) {
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
            return;
        }
        boolean refused = refusals.getAndDecrement() > 0;
        String answer = refused
                ? "<ErrorResponse><Error><Code>" + code + "</Code><Message>no</Message></Error></ErrorResponse>"
                : "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account>"
                        + "</GetCallerIdentityResult></GetCallerIdentityResponse>";
        exchange.sendResponseHeaders(refused ? 400 : 200, answer.length());
        exchange.getResponseBody().write(answer.getBytes(UTF_8));
        exchange.close();
    }
}
