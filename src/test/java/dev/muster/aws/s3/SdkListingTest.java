package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.muster.aws.AwsClients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.model.S3Exception;

@Timeout(120)
class SdkListingTest {
    private static final String DATE = "<LastModified>2024-01-01T00:00:00Z</LastModified>";

    private final List<String> entries = new ArrayList<>();
    private volatile String body = "";
    private volatile boolean endless;

    private void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        byte[] nothing = "<Other/>".repeat(1 << 17).getBytes(UTF_8);
        for (int i = 0; endless && i < 100; i++) {
            exchange.getResponseBody().write(nothing);
        }
        exchange.close();
    }

    @Test
    void oneDateThatCannotBeReadCostsThatDateAndNoPage() {
        body = page("<Contents><Key>a</Key><Size>1</Size><LastModified>yesterday</LastModified></Contents>"
                + "<Contents><Key>b</Key><Size>2</Size>" + DATE + "</Contents>");

        assertThat(read().truncated()).isFalse();
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0)).startsWith("a 1 ").contains("LastModified");
        assertThat(entries.get(1)).isEqualTo("b 2 ");
    }

    @Test
    void whatIsNoListingIsAFailureWhateverItsStatus() {
        body = "<html><body>hello</body></html>";
        assertThatThrownBy(this::read).isInstanceOf(MalformedPageException.class);
        body = "";
        assertThatThrownBy(this::read).isInstanceOf(MalformedPageException.class);
        body = "<Error><Code>SlowDown</Code><Message>slower</Message></Error>";
        assertThatThrownBy(this::read).isInstanceOfSatisfying(S3Exception.class, error -> assertThat(
                        error.awsErrorDetails().errorCode())
                .isEqualTo("SlowDown"));
        body = page("").replace("</ListBucketResult>", "");
        endless = true;
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("too long");
    }

    private static String page(String contents) {
        return "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>";
    }

    private ListingPage read() {
        SdkListing listing =
                SdkListing.ofObjects(entry -> entries.add(entry.key() + " " + entry.size() + " " + entry.problem()));
        try (PracticeServer server = new PracticeServer(this::answer);
                AwsClients clients = new AwsClients(server.settings())) {
            clients.s3(clients.home())
                    .listObjectsV2(request -> request.bucket("bucket").overrideConfiguration(listing::of));
            return listing.read();
        }
    }
}
