package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.split.KeyRange;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessHistoryTest {
    private static final String HOME = "us-east-1";
    private static final Failure UNKNOWN_KEY = new Failure(Kind.UNFIT, "InvalidAccessKeyId", "unknown key");
    private static final Failure DENIED = new Failure(Kind.DENIED, "AccessDenied", "no");
    private static final Failure GONE = new Failure(Kind.GONE, "NoSuchBucket", "no such bucket");
    private static final AuditTask BUCKETS = new AuditTask.ListBuckets("", Optional.empty(), 0);

    private final AccessHistory history = new AccessHistory(HOME);

    @Test
    void credentialsThatNeverWorkedAreBelievedToBeWrongAtOnce() {
        assertThat(judged(objects("logs", HOME), UNKNOWN_KEY, 0)).isEqualTo(Kind.UNFIT);
    }

    @Test
    void aWrongClockIsCorrectedBeforeItIsBelieved() {
        Failure skew = new Failure(
                Kind.UNFIT, "RequestTimeTooSkewed", "list buckets failed: this machine's clock is wrong; set it");

        assertThat(judged(BUCKETS, skew, 0)).isEqualTo(Kind.TRANSIENT);
        assertThat(judged(BUCKETS, skew, AccessHistory.PATIENCE_NANOS)).isEqualTo(Kind.UNFIT);
    }

    @Test
    void credentialsThatWorkedAreTriedForAWhile() {
        history.granted(BUCKETS);

        assertThat(judged(objects("logs", HOME), UNKNOWN_KEY, 0)).isEqualTo(Kind.TRANSIENT);
        assertThat(judged(objects("more", HOME), UNKNOWN_KEY, AccessHistory.PATIENCE_NANOS - 1))
                .isEqualTo(Kind.TRANSIENT);
        assertThat(judged(objects("logs", HOME), UNKNOWN_KEY, AccessHistory.PATIENCE_NANOS))
                .isEqualTo(Kind.UNFIT);
    }

    @Test
    void aGoodAnswerBeginsTheWhileAnew() {
        history.granted(BUCKETS);
        judged(objects("logs", HOME), UNKNOWN_KEY, 0);
        history.granted(objects("logs", HOME));

        assertThat(judged(objects("logs", HOME), UNKNOWN_KEY, 2 * AccessHistory.PATIENCE_NANOS))
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void anotherRegionMayKnowNothingOfThem() {
        history.granted(BUCKETS);

        assertThat(judged(objects("logs", "ap-east-1"), UNKNOWN_KEY, 0)).isEqualTo(Kind.UNFIT);
    }

    @Test
    void aDenialIsDoubtedWhereTheSameWasPermitted() {
        history.granted(objects("logs", HOME));

        assertThat(judged(objects("logs", HOME), DENIED, 0)).isEqualTo(Kind.TRANSIENT);
        assertThat(judged(objects("more", HOME), DENIED, 0)).isEqualTo(Kind.DENIED);
        assertThat(judged(new AuditTask.ListUploads(target("logs", HOME), KeyRange.ALL, Optional.empty()), DENIED, 0))
                .isEqualTo(Kind.DENIED);
    }

    @Test
    void aBucketThatWasListedIsNotGoneAtOnce() {
        history.listed("logs");

        assertThat(judged(objects("logs", HOME), GONE, 0)).isEqualTo(Kind.TRANSIENT);
        assertThat(judged(objects("logs", HOME), GONE, AccessHistory.PATIENCE_NANOS))
                .isEqualTo(Kind.GONE);
        assertThat(judged(objects("more", HOME), GONE, 0)).isEqualTo(Kind.GONE);
    }

    @Test
    void aRefusalThatLastsIsBelievedWhateverElseIsAnswered() {
        history.granted(objects("logs", HOME));
        AuditTask forbidden = new AuditTask.ListRange(target("logs", HOME), new KeyRange("secret/", ""));

        assertThat(judged(forbidden, DENIED, 0)).isEqualTo(Kind.TRANSIENT);
        history.granted(objects("logs", HOME));
        assertThat(judged(forbidden, DENIED, AccessHistory.PATIENCE_NANOS)).isEqualTo(Kind.DENIED);
    }

    @Test
    void aPlaceToBeginBehindMayNotExistThoughTheBucketDoes() {
        history.listed("logs");
        AuditTask behind = new AuditTask.ListRange(target("logs", HOME), new KeyRange("a", ""));
        Failure bare = new Failure(Kind.GONE, "NotFound", "NotFound");

        assertThat(judged(behind, bare, 0)).isEqualTo(Kind.GONE);
        assertThat(judged(behind, GONE, 0)).isEqualTo(Kind.TRANSIENT);
        assertThat(judged(objects("logs", HOME), bare, 0)).isEqualTo(Kind.TRANSIENT);
    }

    private Kind judged(AuditTask task, Failure failure, long now) {
        return history.judged(task, failure, failure.equals(UNKNOWN_KEY), now).kind();
    }

    private static AuditTask objects(String bucket, String region) {
        return new AuditTask.ListRange(target(bucket, region), KeyRange.ALL);
    }

    private static BucketLocation target(String bucket, String region) {
        return new BucketLocation("", bucket, region, false, 0);
    }
}
