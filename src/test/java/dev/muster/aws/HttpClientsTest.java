package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.engine.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Both kinds of clients, on their way through the proxies and by the certificates of the environment. */
@Timeout(120)
class HttpClientsTest {
    private static final String BUCKETS =
            "<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets></ListAllMyBucketsResult>";

    @TempDir
    static Path directory;

    private static LocalAuthority authority;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeAll
    static void certify() throws IOException, InterruptedException {
        authority = new LocalAuthority(directory);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        PracticeServer.send(exchange, 200, BUCKETS.getBytes(UTF_8));
    }

    private AwsClients clients(URI endpoint) {
        return new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys("AKIDEXAMPLE", "secret", Optional.empty())),
                Optional.of("us-east-1"),
                Optional.of(endpoint),
                Map.of(),
                false,
                false,
                Timeouts.DEFAULT,
                4,
                AwsEnvironment.of(variables)));
    }

    private void expectBuckets(URI endpoint) {
        try (AwsClients clients = clients(endpoint)) {
            assertThat(clients.s3(clients.home()).listBuckets().buckets())
                    .extracting(Bucket::name)
                    .containsExactly("b");
            assertThat(clients.s3Async(clients.home()).listBuckets().join().buckets())
                    .extracting(Bucket::name)
                    .containsExactly("b");
        }
    }

    private List<Failure> failures(URI endpoint) {
        try (AwsClients clients = clients(endpoint)) {
            ErrorClassifier classifier = new ErrorClassifier(clients.settings());
            Throwable blocking = catchThrowable(() -> clients.s3(clients.home()).listBuckets());
            Throwable asynchronous = catchThrowable(
                    () -> clients.s3Async(clients.home()).listBuckets().join());
            return List.of(classifier.classify(blocking, "list"), classifier.classify(asynchronous, "list"));
        }
    }

    @Test
    void requestsGoThroughTheProxyWithItsPassword() throws IOException {
        variables.put("AWS_CA_BUNDLE", authority.bundle().toString());
        try (PracticeServer server = new PracticeServer(authority.context(), HttpClientsTest::answer);
                PracticeProxy proxy = new PracticeProxy(server.endpoint())) {
            variables.put("HTTPS_PROXY", "me:p%40ss@127.0.0.1:" + proxy.port());
            expectBuckets(URI.create("https://localhost:" + server.endpoint().getPort()));

            String login = Base64.getEncoder().encodeToString("me:p@ss".getBytes(UTF_8));
            assertThat(proxy.requests()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(request -> assertThat(request)
                    .startsWith("CONNECT localhost:" + server.endpoint().getPort())
                    .contains("Basic " + login));
        }
    }

    @Test
    void anExceptedServerIsReachedDirectly() throws IOException {
        try (PracticeServer server = new PracticeServer(HttpClientsTest::answer);
                PracticeProxy proxy = new PracticeProxy(server.endpoint())) {
            variables.put("http_proxy", "http://127.0.0.1:" + proxy.port());
            variables.put("no_proxy", "10.0.0.0/8, 127.0.0.0/8");
            expectBuckets(server.endpoint());

            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void aHostWithUnderscoresIsReachedAndSignedFor() throws IOException {
        List<String> hosts = new CopyOnWriteArrayList<>();
        try (PracticeServer server = new PracticeServer(exchange -> {
                    hosts.add(exchange.getRequestHeaders().getFirst("Host"));
                    answer(exchange);
                });
                PracticeProxy proxy = new PracticeProxy(server.endpoint())) {
            variables.put("http_proxy", "http://127.0.0.1:" + proxy.port());
            try (AwsClients clients = clients(EndpointUrl.parse("--endpoint-url", "HTTP://my_minio:9000"))) {
                assertThat(clients.s3(clients.home()).listBuckets().buckets()).hasSize(1);
            }
            assertThat(hosts).containsExactly("my_minio:9000");
            assertThat(proxy.requests()).singleElement().asString().startsWith("GET http://my_minio:9000/");
        }
    }

    @Test
    void endpointsThatAreToBeIgnoredAreNotUsedByTheSdkEither() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        variables.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        try (PracticeServer server = new PracticeServer(
                        exchange -> requests.add(exchange.getRequestURI().toString()));
                PracticeProxy proxy = new PracticeProxy(server.endpoint());
                LocalSettings local = new LocalSettings(directory, "", "")
                        .set("aws.endpointUrl", server.endpoint().toString())) {
            proxy.refuse();
            variables.put("https_proxy", "127.0.0.1:" + proxy.port());
            AwsSettings settings = AwsSettings.DEFAULT;
            try (AwsClients clients = new AwsClients(new AwsSettings(
                    Optional.empty(),
                    Optional.of(new AccessKeys("AKIDEXAMPLE", "secret", Optional.empty())),
                    Optional.of("eu-west-1"),
                    Optional.empty(),
                    Map.of(),
                    false,
                    false,
                    settings.timeouts(),
                    1,
                    AwsEnvironment.of(variables)))) {
                List<Throwable> refused = List.of(
                        catchThrowable(() -> clients.s3(clients.home()).listBuckets()),
                        catchThrowable(() -> clients.sts(clients.home()).getCallerIdentity()),
                        catchThrowable(() -> clients.account(clients.home()).getContactInformation(request -> {})),
                        catchThrowable(
                                () -> clients.organizations(clients.home()).listAccounts()),
                        catchThrowable(() ->
                                clients.sqsAsync(clients.home()).listQueues().join()),
                        catchThrowable(() ->
                                clients.snsAsync(clients.home()).listTopics().join()));
                assertThat(refused).doesNotContainNull();
            }
            assertThat(requests).isEmpty();
            assertThat(proxy.requests()).hasSize(6).allSatisfy(request -> assertThat(request)
                    .matches("(?s)CONNECT [a-z0-9.-]+\\.amazonaws\\.com:443 .*"));
        }
    }

    @Test
    void anAuthorityThatNobodyKnowsIsSaidSo() throws IOException {
        try (PracticeServer server = new PracticeServer(authority.context(), HttpClientsTest::answer)) {
            assertThat(failures(
                            URI.create("https://localhost:" + server.endpoint().getPort())))
                    .allSatisfy(failure -> {
                        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNFIT);
                        assertThat(failure.message())
                                .contains("the server's certificate is not trusted", "AWS_CA_BUNDLE")
                                .doesNotContain("PKIX", "sun.security", "Exception");
                    });
        }
    }

    @Test
    void aCertificateForAnotherNameIsSaidSo() throws IOException {
        variables.put("AWS_CA_BUNDLE", authority.bundle().toString());
        try (PracticeServer server = new PracticeServer(authority.context(), HttpClientsTest::answer)) {
            assertThat(failures(
                            URI.create("https://127.0.0.1:" + server.endpoint().getPort())))
                    .allSatisfy(failure -> assertThat(failure.message())
                            .contains("certificate is for another name")
                            .doesNotContain("Exception"));
        }
    }

    @Test
    void aServerWithoutTlsIsSaidSo() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> refuse(server));
            answering.start();
            assertThat(failures(URI.create("https://127.0.0.1:" + server.getLocalPort()))
                            .get(0)
                            .message())
                    .contains("does not speak TLS", "http://");
        }
    }

    private static void refuse(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                }
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws IOException {
        try (PracticeServer server = new PracticeServer(HttpClientsTest::answer);
                PracticeProxy proxy = new PracticeProxy(server.endpoint())) {
            proxy.refuse();
            variables.put("https_proxy", "http://127.0.0.1:" + proxy.port());
            assertThat(failures(URI.create("https://localhost:1"))).allSatisfy(failure -> assertThat(failure.message())
                    .containsIgnoringCase("proxy")
                    .doesNotContain("Exception", "Attempt"));
        }
    }

    @Test
    void aBundleIsReadOnlyWhereSomeServerSpeaksTls() throws IOException {
        variables.put("AWS_CA_BUNDLE", directory.resolve("none.pem").toString());
        try (PracticeServer server = new PracticeServer(HttpClientsTest::answer)) {
            expectBuckets(server.endpoint());
            assertThatExceptionOfType(AwsSettingsException.class)
                    .isThrownBy(() -> clients(URI.create("https://localhost:1")))
                    .withMessageContainingAll("AWS_CA_BUNDLE is ", "there is no such file");
            variables.put(
                    "AWS_CA_BUNDLE",
                    Files.writeString(directory.resolve("empty.pem"), "hm").toString());
            assertThatExceptionOfType(AwsSettingsException.class)
                    .isThrownBy(() -> clients(URI.create("https://localhost:1")))
                    .withMessageContaining("holds no certificate");
        }
    }
}
