package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.muster.aws.s3.MalformedPageException;
import dev.muster.aws.s3.PracticeServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ListingAnswerTest {
    private static final String ROOT = "ListAllMyDirectoryBucketsResult";

    private volatile boolean endless;

    private void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(("<" + ROOT + "><Buckets/>").getBytes(UTF_8));
        byte[] nothing = "<Other/>".repeat(1 << 17).getBytes(UTF_8);
        for (int i = 0; endless && i < 100; i++) {
            exchange.getResponseBody().write(nothing);
        }
        exchange.getResponseBody().write(("</" + ROOT + ">").getBytes(UTF_8));
    }

    @Test
    void anAnswerThatIsTooLongForAPageIsNone() {
        assertThatCode(this::read).doesNotThrowAnyException();
        endless = true;
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("too long");
    }

    private void read() {
        ListingAnswer answer = new ListingAnswer(ROOT);
        try (PracticeServer server = new PracticeServer(this::answer);
                AwsClients clients = new AwsClients(server.settings())) {
            clients.s3(clients.home())
                    .listDirectoryBuckets(request -> request.overrideConfiguration(override -> answer.of(override)));
            answer.requireRoot();
        }
    }
}
