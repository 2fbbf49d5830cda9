package dev.muster.report.browse;

import dev.muster.audit.AuditJob;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditScope;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketFilter;
import dev.muster.audit.BucketId;
import dev.muster.audit.BucketLocation;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.Ranking;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.engine.Checkpoint;
import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.Progress.Stats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checkpoint of an audit that has worked for 65 seconds and is in the middle of a bucket. */
final class SampleCheckpoint {
    private static final String ACCOUNT = "111111111111";

    private SampleCheckpoint() {}

    static byte[] of(Instant startedAt, String bucket) throws IOException {
        AuditScope scope = new AuditScope(
                ACCOUNT,
                Optional.empty(),
                List.of(),
                BucketFilter.ALL,
                "",
                false,
                false,
                false,
                Duration.ofSeconds(15));
        BucketLocation location = new BucketLocation(ACCOUNT, bucket, "us-east-1", false, startedAt.toEpochMilli());
        try (AwsClients clients = new AwsClients(AwsSettings.DEFAULT.anonymous())) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new CheckpointCodec<>(AuditJob.of(
                            scope,
                            new TopListSettings(Set.of(Ranking.NEWEST), 5),
                            clients,
                            Map.of("depth", "1"),
                            ProfileStore.NONE))
                    .encode(
                            new Checkpoint<>(
                                    startedAt,
                                    65_000,
                                    Stats.NONE,
                                    List.of(new PendingTask<>(new AuditTask.ListRange(location, KeyRange.ALL), 0)),
                                    new AuditPartial()
                                            .bucket(new BucketId(ACCOUNT, bucket), new BucketFacts("us-east-1", 1L)),
                                    0),
                            bytes);
            return bytes.toByteArray();
        }
    }
}
