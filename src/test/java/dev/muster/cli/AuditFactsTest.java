package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketId;
import dev.muster.audit.Target;
import dev.muster.audit.range.Probe;
import dev.muster.audit.range.Range;
import dev.muster.audit.report.RunFacts;
import dev.muster.engine.RunEnd;
import dev.muster.engine.RunResult;
import dev.muster.engine.Stats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditFactsTest {
    @Test
    void aBucketThatHasOnlyAProbeLeftIsCountedInFull() {
        Target listed = new Target("1", "listed", "us-east-1", false, 0);
        Target begun = new Target("1", "begun", "us-east-1", false, 0);
        List<AuditTask> left =
                List.of(new AuditTask.ProbePrefix(listed, new Probe("a/")), new AuditTask.ListRange(begun, Range.ALL));

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
