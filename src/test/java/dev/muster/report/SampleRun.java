package dev.muster.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.audit.stats.PageTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.audit.stats.TallySettings;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditReport.RunFacts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A small estate: two accounts, an empty bucket, awkward keys, a bucket that may not be listed. */
final class SampleRun {
    static final Instant STARTED = Instant.parse("2026-03-01T00:00:00Z");
    static final RunFacts RUN = ended(Duration.ofMillis(12_345), 17);
    static final ReportOptions OPTIONS =
            new ReportOptions(Set.of(Ranking.NEWEST), 5, false, SizeUnit.BYTES, false, false);
    static final BucketId EMPTY = new BucketId("111111111111", "empty");
    static final BucketId LOGS = new BucketId("111111111111", "logs");
    static final BucketId SECRET = new BucketId("222222222222", "secret");

    private static final long CREATED = Instant.parse("2020-05-06T07:08:09Z").toEpochMilli();

    private SampleRun() {}

    /** A run whose tasks all ended. */
    static RunFacts ended(Duration elapsed, long requests) {
        return new RunFacts(true, false, STARTED, elapsed, requests, Set.of(), Set.of());
    }

    static AuditPartial complete() {
        PageTally page = new PageTally(new TallySettings(Set.of(Ranking.NEWEST, Ranking.LARGEST), 2, STARTED));
        object(page, "a\nb \u0416", 0, "2026-02-28T12:00:00Z", "STANDARD");
        object(page, "big", 3_000_000_000L, "2020-01-01T00:00:00.250Z", "GLACIER");
        object(page, "photo \ud83d\ude00.jpg", 1500, "2026-02-01T00:00:00Z", "STANDARD");
        page.noncurrentVersion(new byte[0], 0, 9, "STANDARD");
        page.deleteMarker(new byte[0], 0);
        page.upload(ObjectKey.of("u"), Instant.parse("2026-01-02T03:04:05Z").toEpochMilli());
        page.uploadedParts(ObjectKey.of("u"), 5_242_880, 1000);
        return new AuditPartial()
                .account("222222222222")
                .bucket(EMPTY, new BucketFacts("eu-west-1", CREATED))
                .bucket(LOGS, new BucketFacts("us-east-1", CREATED))
                .tally(LOGS, page.tally());
    }

    /** The same with a bucket that may not be listed. */
    static AuditPartial denied() {
        return complete()
                .bucket(SECRET, new BucketFacts(null, CREATED))
                .failure(new AuditFailure(
                        AuditFailure.Gap.OBJECTS,
                        SECRET.account(),
                        SECRET.bucket(),
                        "list all keys",
                        "AccessDenied",
                        "no permission for s3:ListBucket: ask for it",
                        1));
    }

    static String written(AuditFormat format, AuditPartial found, RunFacts run, ReportOptions options) {
        StringBuilder out = new StringBuilder();
        try {
            format.write(AuditReport.of(found, run, options, List.of()), out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    static List<String> lines(AuditFormat format, AuditPartial found, RunFacts run, ReportOptions options) {
        return written(format, found, run, options).lines().toList();
    }

    private static void object(PageTally page, String key, long bytes, String modified, String storageClass) {
        byte[] utf8 = key.getBytes(UTF_8);
        page.object(utf8, 0, utf8.length, bytes, Instant.parse(modified).toEpochMilli(), storageClass);
    }
}
