package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class CachedCredentialsTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock();
    private final Deque<CompletableFuture<AwsCredentialsIdentity>> requests = new ArrayDeque<>();
    private final CachedCredentials credentials = new CachedCredentials(
            () -> {
                requests.add(new CompletableFuture<>());
                return requests.getLast();
            },
            clock);

    @Test
    void manyWhoComeAtOnceCauseOneRequest() {
        CompletableFuture<? extends AwsCredentialsIdentity> first = credentials.resolveIdentity();
        CompletableFuture<? extends AwsCredentialsIdentity> second = credentials.resolveIdentity();
        requests.getLast().complete(identity("a", Duration.ofHours(1)));

        assertThat(requests).hasSize(1);
        assertThat(first.join().accessKeyId()).isEqualTo("a");
        assertThat(second.join().accessKeyId()).isEqualTo("a");
    }

    @Test
    void whoGivesUpTakesNothingFromTheOthers() {
        CompletableFuture<? extends AwsCredentialsIdentity> first = credentials.resolveIdentity();
        CompletableFuture<? extends AwsCredentialsIdentity> second = credentials.resolveIdentity();
        first.cancel(true);
        requests.getLast().complete(identity("a", Duration.ofHours(1)));

        assertThat(second.join().accessKeyId()).isEqualTo("a");
    }

    @Test
    void refreshesBeforeExpiryAndServesTheOldMeanwhile() {
        obtain("a", Duration.ofHours(1));
        clock.now = START.plus(Duration.ofMinutes(56));

        assertThat(credentials.resolveIdentity().join().accessKeyId()).isEqualTo("a");
        assertThat(requests).hasSize(2);
        requests.getLast().complete(identity("b", Duration.ofHours(2)));
        assertThat(credentials.resolveIdentity().join().accessKeyId()).isEqualTo("b");
    }

    @Test
    void expiredCredentialsAreNeverServed() {
        obtain("a", Duration.ofHours(1));
        clock.now = START.plus(Duration.ofMinutes(60));

        assertThat(credentials.resolveIdentity()).isNotDone();
    }

    @Test
    void whatAServiceRefusesIsAskedForAgainOnce() {
        obtain("a", Duration.ofHours(1));
        clock.now = START.plus(Duration.ofMinutes(1));

        credentials.renew();
        obtain("b", Duration.ofHours(1));
        credentials.renew();

        assertThat(credentials.resolveIdentity().join().accessKeyId()).isEqualTo("b");
        assertThat(requests).hasSize(2);
    }

    @Test
    void aFailedRequestIsNotKept() {
        CompletableFuture<? extends AwsCredentialsIdentity> first = credentials.resolveIdentity();
        requests.getLast().completeExceptionally(new IllegalStateException("no"));

        assertThatThrownBy(first::join).isInstanceOf(CompletionException.class);
        assertThat(credentials.resolveIdentity()).isNotDone();
        assertThat(requests).hasSize(2);
    }

    private void obtain(String id, Duration life) {
        CompletableFuture<? extends AwsCredentialsIdentity> answer = credentials.resolveIdentity();
        requests.getLast().complete(identity(id, life));
        assertThat(answer.join().accessKeyId()).isEqualTo(id);
    }

    private static AwsCredentialsIdentity identity(String id, Duration life) {
        return AwsSessionCredentials.builder()
                .accessKeyId(id)
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(START.plus(life))
                .build();
    }

    private static final class ManualClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
