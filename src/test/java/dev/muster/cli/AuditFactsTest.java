package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketId;
import dev.muster.audit.BucketLocation;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Probe;
import dev.muster.cli.command.AuditCommand;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.report.AuditReport.RunFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditFactsTest {
    @Test
    void aBucketThatHasOnlyAProbeLeftIsCountedInFull() {
        BucketLocation listed = new BucketLocation("1", "listed", "us-east-1", false, 0);
        BucketLocation begun = new BucketLocation("1", "begun", "us-east-1", false, 0);
        List<AuditTask> left = List.of(
                new AuditTask.ProbePrefix(listed, new Probe("a/")), new AuditTask.ListRange(begun, KeyRange.ALL));

        RunFacts facts = AuditCommand.facts(new RunResult<>(
                new RunEnd.Interrupted(),
                new AuditPartial(),
                Stats.NONE,
                left,
                Instant.EPOCH,
                Duration.ZERO,
                Optional.empty()));

        assertThat(facts.unfinishedBuckets()).containsExactly(new BucketId("1", "begun"));
    }
}
