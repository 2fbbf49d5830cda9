package dev.muster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.audit.AuditFailure;
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
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.aws.s3.BucketClient;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.ContactsJob;
import dev.muster.contacts.ContactsSettings;
import dev.muster.contacts.Practice;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsPartial.AccountTags;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.collect.OrgUnitCursor;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.contacts.set.SetJob;
import dev.muster.contacts.set.SetJob.SetPartial;
import dev.muster.contacts.set.SetTask;
import dev.muster.contacts.set.StateDiff.SetPreview;
import dev.muster.engine.Checkpoint;
import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.Checkpoint.CheckpointCodec.CheckpointException;
import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.Progress.Stats;
import dev.muster.events.EventBuckets;
import dev.muster.events.EventsJob;
import dev.muster.events.EventsJobFactory;
import dev.muster.events.EventsPartial;
import dev.muster.events.EventsPartial.DayCounts;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.EventsPartial.EventsFailure;
import dev.muster.events.EventsSettings;
import dev.muster.events.EventsTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Whatever has become of a checkpoint, a run goes on from it or it is refused in words. */
@Timeout(60)
class MutatedCheckpointsTest {
    private static final int TRIES = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ACCOUNT = "111111111111";

    @Test
    void anAuditGoesOnOrItsCheckpointIsRefused() throws IOException {
        BucketLocation bucket = new BucketLocation(ACCOUNT, "bucket", "us-east-1", false, 1_700_000_000_000L);
        AuditScope scope = new AuditScope(
                ACCOUNT, Optional.empty(), List.of(), BucketFilter.ALL, "", true, true, true, Duration.ofSeconds(15));
        AuditPartial found = new AuditPartial()
                .bucket(new BucketId(ACCOUNT, "other"), new BucketFacts("eu-west-1", 1_600_000_000_000L))
                .tally(new BucketId(ACCOUNT, "bucket"), ObjectTally.ofOddBucket("nothing is known"))
                .failure(new AuditFailure(AuditFailure.Gap.ACCOUNT, ACCOUNT, null, "list", "Denied", "no", 1));
        try (AwsClients clients = new AwsClients(AwsSettings.DEFAULT.anonymous())) {
            goesOn(
                    AuditJob.of(
                            "audit",
                            scope,
                            new TopListSettings(Set.of(Ranking.values()), 5),
                            clients,
                            Map.of("profile", "default"),
                            ProfileStore.NONE),
                    List.<AuditTask>of(
                            new AuditTask.ListBuckets(ACCOUNT, Optional.empty(), 1),
                            new AuditTask.ListRange(bucket, new KeyRange("a", "x")),
                            new AuditTask.ListVersions(
                                    bucket, KeyRange.ALL, Optional.of(new AuditTask.Marker("a", "v1"))),
                            new AuditTask.ListUploads(bucket, KeyRange.ALL, Optional.empty()),
                            new AuditTask.SumParts(bucket, "key", "u1", 0, 0)),
                    found);
        }
    }

    @Test
    void aLookupOfContactsGoesOnOrItsCheckpointIsRefused() throws IOException {
        OrganizationIdentity organization = new OrganizationIdentity("o-1", ACCOUNT, ACCOUNT);
        MemberAccount account = new MemberAccount(ACCOUNT, "team", Optional.of("a@example.org"), "ACTIVE");
        ContactsSettings settings = new ContactsSettings(
                Practice.EVERYTHING,
                new ContactsView(ContactsFormat.JSONL, false, false, false, false, false),
                true,
                Optional.empty(),
                Map.of(),
                RequestQuotaTable.from(Practice.CONFIG),
                TIMEOUT);
        goesOn(
                ContactsJob.create(
                        settings, task -> CompletableFuture.failedFuture(new IllegalStateException()), Output.none()),
                List.<ContactsTask>of(
                        new ContactsTask.FindOrganization(),
                        new ContactsTask.WalkUnits(organization, OrgUnitCursor.from(List.of("ou-1", "ou-2"))),
                        new ContactsTask.FindAccount(organization, ACCOUNT),
                        new ContactsTask.ReadTags(account, true),
                        new ContactsTask.ReadContact(ACCOUNT, "team", false, ContactType.BILLING)),
                new ContactsPartial(
                        Optional.of(organization),
                        1,
                        2,
                        3,
                        List.of(account),
                        List.of(Contact.root(ACCOUNT, "team", "a@example.org")),
                        List.of(new AccountTags(ACCOUNT, Map.of("owner", "a"))),
                        List.of(new ContactFailure(Optional.of(ACCOUNT), "BILLING", "AccessDenied", "denied"))));
    }

    @Test
    void changesOfContactsGoOnOrTheirCheckpointIsRefused() throws IOException {
        List<SetTask> changes = List.of(
                new SetTask.Tag(ACCOUNT, "owner", Optional.empty(), Optional.of("a")),
                new SetTask.Delete(ACCOUNT, ContactType.BILLING, Optional.empty(), true),
                new SetTask.Put(Optional.empty(), Contact.root(ACCOUNT, "team", "a@b"), List.of("title"), false));
        goesOn(
                SetJob.create(
                        new SetPreview(changes, 0, List.of()),
                        RequestQuotaTable.from(Practice.CONFIG),
                        TIMEOUT,
                        task -> CompletableFuture.failedFuture(new IllegalStateException())),
                changes,
                new SetPartial(
                        3, List.of(new ContactFailure(Optional.of(ACCOUNT), "BILLING", "AccessDenied", "denied"))));
    }

    @Test
    void aDrainOfAQueueGoesOnOrItsCheckpointIsRefused() throws IOException {
        Config config = ConfigFactory.load();
        EventsFailure denied = new EventsFailure("writing 20220404", "AccessDenied", "denied");
        EventsPartial found = new EventsPartial(
                Map.of(EventCount.RECEIVED, 7L, EventCount.DELETED, 5L),
                new TreeMap<>(Map.of("hostname", Map.of("other", 2L))),
                new TreeMap<>(Map.of("body is not JSON", 1L)),
                new TreeMap<>(Map.of("20220404", new DayCounts(3, 4, 7))),
                1_650_000_000_000L,
                new TreeMap<>(Map.of(3L, "no event")),
                List.of(denied),
                List.of());
        try (SqsAsyncClient sqs = SqsAsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            EventBuckets buckets = new EventBuckets(
                    name -> new BucketClient(
                            region -> {
                                throw new IllegalStateException("nothing is asked");
                            },
                            Region.US_EAST_1,
                            name),
                    (error, attempted) -> new Failure(Failure.Kind.INVALID, "None", attempted));
            EventsJob events = new EventsJobFactory(config, EventsSettings.from(config), buckets)
                    .queue(sqs, "http://127.0.0.1:1/1/queue", EventsJob.Options.DRAIN, Output.none());
            goesOn(
                    events.job(),
                    List.<EventsTask>of(
                            new EventsTask.Prepare(),
                            new EventsTask.Poll(3),
                            new EventsTask.Flush("20220404"),
                            new EventsTask.Release("quarantine"),
                            new EventsTask.Count()),
                    found);
            events.close();
        }
    }

    private static <T, R, P> void goesOn(Job<T, R, P> job, List<T> tasks, P found) throws IOException {
        CheckpointCodec<T, P> codec = new CheckpointCodec<>(job);
        byte[] good = encoded(
                codec,
                new Checkpoint<>(
                        Instant.parse("2026-01-02T03:04:05Z"),
                        1_234,
                        Stats.NONE,
                        tasks.stream().map(task -> new PendingTask<>(task, 1)).toList(),
                        found,
                        99));
        byte[] without = new String(good, UTF_8)
                .replaceFirst("\"failures\":\\[[^]]*]", "\"failures\":null")
                .getBytes(UTF_8);
        assertThat(without).isNotEqualTo(good);
        for (int seed = 0; seed < TRIES; seed++) {
            byte[] text = seed == 0 ? good : seed == 1 ? without : new Mutation(seed).of(good);
            try {
                Checkpoint<T, P> read = codec.decode(new ByteArrayInputStream(text));
                job.plan().restored(read.summary());
                job.plan()
                        .resumed(read.outstanding().stream()
                                .map(PendingTask::work)
                                .toList());
                read.outstanding().forEach(pending -> job.plan().terms(pending.work()));
                P all = job.summary().merge(job.summary().merge(job.summary().empty(), read.summary()), found);
                assertThat(job.summary().counts(all)).isNotEmpty();
                assertThat(encoded(
                                codec,
                                new Checkpoint<>(
                                        read.startedAt(),
                                        0,
                                        read.stats(),
                                        read.outstanding(),
                                        all,
                                        read.outputPosition())))
                        .isNotEmpty();
            } catch (CheckpointException e) {
                assertThat(seed).as("%s", e.getMessage()).isPositive();
                assertThat(e.getMessage()).doesNotContain("java.lang", "\n");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(seed + ": " + new String(text, UTF_8), e);
            }
        }
    }

    private static <T, P> byte[] encoded(CheckpointCodec<T, P> codec, Checkpoint<T, P> checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.encode(checkpoint, bytes);
        return bytes.toByteArray();
    }
}
