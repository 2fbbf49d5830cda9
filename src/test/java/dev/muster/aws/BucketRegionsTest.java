package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.muster.aws.s3.PracticeServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers those only who sign for its region. */
@Timeout(60)
class BucketRegionsTest {
    private volatile String refusal = "";
    private volatile String header = "";

    private void answer(HttpExchange exchange) throws IOException {
        boolean right = exchange.getRequestHeaders().getFirst("Authorization").contains("/milkyway/s3/");
        String body = right
                ? "<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets></ListAllMyBucketsResult>"
                : "<Error><Code>AuthorizationHeaderMalformed</Code><Message>" + refusal + "</Message></Error>";
        exchange.getResponseHeaders().set("x-amz-bucket-region", header);
        PracticeServer.send(exchange, right ? 200 : 400, body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'milkyway'",
                "Authorization header malformed, unexpected scope: 20240506/us-east-1/s3/aws4_request, expected:"
                        + " 20240506/milkyway/s3/aws4_request"
            })
    void theRegionThatAServerInsistsOnIsFollowed(String words) {
        refusal = words;
        try (PracticeServer server = new PracticeServer(this::answer);
                AwsClients clients = new AwsClients(server.settings())) {
            var page = BucketRegions.follow(
                            clients.home(),
                            region -> clients.call(() -> clients.s3(region).listBuckets()))
                    .join();

            assertThat(page.buckets()).hasSize(1);
        }
    }

    @Test
    void aRefusalThatNamesNoRegionAdvisesToNameIt() {
        refusal = "The region is wrong.";
        try (PracticeServer server = new PracticeServer(this::answer);
                AwsClients clients = new AwsClients(server.settings())) {
            Throwable error = catchThrowable(() -> BucketRegions.follow(
                            clients.home(),
                            region -> clients.call(() -> clients.s3(region).listBuckets()))
                    .join());

            assertThat(new ErrorClassifier(clients.settings())
                            .classify(error, "list buckets")
                            .message())
                    .endsWith("The region is wrong; give the server's region with --region");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no region", "-", "a..b", "eu-west-1/"})
    void aHeaderThatNamesNoRegionIsNone(String named) {
        header = named;
        refusal = "expecting 'milkyway'";
        try (PracticeServer server = new PracticeServer(this::answer);
                AwsClients clients = new AwsClients(server.settings())) {
            assertThat(new BucketRegions(clients).find("b", clients.base()).join())
                    .isEmpty();
            assertThat(BucketRegions.follow(
                                    clients.home(),
                                    region -> clients.call(
                                            () -> clients.s3(region).listBuckets()))
                            .join()
                            .buckets())
                    .hasSize(1);
        }
    }

    /** A bucket's listing has a body, in which the server can say why. */
    @Test
    void anAnswerToHeadThatCannotSayWhyLeavesTheRegionOpen() {
        try (PracticeServer server = new PracticeServer(this::answer);
                AwsClients clients = new AwsClients(server.settings())) {
            BucketRegions regions = new BucketRegions(clients);

            assertThat(regions.find("b", clients.base()).join()).isEmpty();
        }
    }
}
