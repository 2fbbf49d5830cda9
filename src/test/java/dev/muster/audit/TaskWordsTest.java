package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.range.Range;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.ErrorClassifier;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TaskWordsTest {
    private static final Target TARGET = new Target("1", "logs", "eu-west-1", false, 0);

    @Test
    void keysAreNamedAsTheyAre() {
        assertThat(TaskWords.of(new AuditTask.ListRange(TARGET, new Range("a", "b"))))
                .isEqualTo("list the keys after \"a\" up to \"b\" of bucket logs");
    }

    @Test
    void aSentenceAboutTheLongestKeysStillSaysWhichBucketAndWhy() {
        String key = "\ud83d\ude80".repeat(256);
        AuditTask.ListRange task = new AuditTask.ListRange(TARGET, new Range(key + "a", key + "b"));
        AuditFailure failure = AuditFailure.of(
                AuditFailure.Gap.OBJECTS,
                task,
                new ErrorClassifier(AwsSettings.DEFAULT).classify(new IOException("reset"), TaskWords.of(task)));

        assertThat(failure.sentence())
                .contains("...\" of bucket logs failed: the connection broke: reset")
                .hasSizeLessThan(600);
    }
}
