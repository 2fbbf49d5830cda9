package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.split.KeyRange;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.ErrorClassifier;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AuditTaskTest {
    private static final BucketLocation TARGET = new BucketLocation("1", "logs", "eu-west-1", false, 0);

    @Test
    void keysAreNamedAsTheyAre() {
        assertThat(new AuditTask.ListRange(TARGET, new KeyRange("a", "b")).description())
                .isEqualTo("list the keys after \"a\" up to \"b\" of bucket logs");
    }

    @Test
    void aSentenceAboutTheLongestKeysStillSaysWhichBucketAndWhy() {
        String key = "\ud83d\ude80".repeat(256);
        AuditTask.ListRange task = new AuditTask.ListRange(TARGET, new KeyRange(key + "a", key + "b"));
        AuditFailure failure = AuditFailure.of(
                AuditFailure.Gap.OBJECTS,
                task,
                new ErrorClassifier(AwsSettings.DEFAULT).classify(new IOException("reset"), task.description()));

        assertThat(failure.sentence())
                .contains("...\" of bucket logs failed: the connection broke: reset")
                .hasSizeLessThan(600);
    }
}
