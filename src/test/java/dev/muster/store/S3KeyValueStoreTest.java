package dev.muster.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.AwsClients;
import dev.muster.aws.s3.PracticeServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class S3KeyValueStoreTest {
    private static final String SAME_PAGE = "<ListBucketResult><IsTruncated>true</IsTruncated>"
            + "<NextContinuationToken>again</NextContinuationToken></ListBucketResult>";

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aListThatComesRoundAgainIsAnErrorAndNotEndless() {
        try (PracticeServer server =
                        new PracticeServer(exchange -> PracticeServer.send(exchange, 200, SAME_PAGE.getBytes(UTF_8)));
                S3KeyValueStore store =
                        new S3KeyValueStore(new AwsClients(server.settings()), "state", "muster/runs")) {
            assertThatThrownBy(store::list)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot list s3://state/muster/runs");
        }
    }
}
