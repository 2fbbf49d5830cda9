package dev.muster.emulator;

import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.keys.KeyGenerator.ObjectFacts;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.keys.KeyLayouts.DatedLogKeys;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A small company: four realistic accounts, including the cases that break naive tools. */
final class DemoEstate {
    private static final long BIG = 1_000_000;
    private static final Instant YESTERYEAR = Instant.parse("2024-02-29T17:45:00Z");
    private static final List<String> AWKWARD_KEYS = List.of(
            " leading and  double spaces.txt",
            "R&D/<draft> \"final\" 'v2'.md",
            "100%/50%25 off+plus.csv",
            "line\nbreak.log",
            "tab\tand\u0001control.bin",
            "//double//slashes/",
            "каталог/отчёт за март.pdf",
            "фото/ёлка.jpg",
            "emoji/\ud83d\ude80 launch.png",
            "emoji/\ud83e\uddd1\u200d\ud83d\udcbb.txt",
            "\uff5e fullwidth sorts before emoji",
            "~tilde.bak");

    private DemoEstate() {}

    static Estate create() {
        return Estate.of(
                PracticeAccount.of(
                        "111111111111", "acme-management", billing(), trail(), PracticeBucket.of("logpublish")),
                PracticeAccount.of("222222222222", "acme-production", requestLogs(), media(), backups()),
                PracticeAccount.of("333333333333", "acme-research", awkward(), empty(), legal()),
                PracticeAccount.of("444444444444", "acme-sandbox", tempDirectory()));
    }

    private static PracticeBucket billing() {
        return PracticeBucket.of("acme-billing-reports", series("cur/2024/report-", ".csv.gz", 36, 4_000_000));
    }

    private static PracticeBucket trail() {
        return PracticeBucket.of(
                "acme-cloudtrail", series("AWSLogs/111111111111/CloudTrail/us-east-1/2024/", ".json.gz", 2400, 90_000));
    }

    private static PracticeBucket requestLogs() {
        return PracticeBucket.of("acme-request-logs", new DatedLogKeys(BIG))
                .created(Instant.parse("2021-12-01T10:00:00Z"));
    }

    private static PracticeBucket media() {
        return PracticeBucket.of("acme-media-eu", series("originals/IMG_", ".jpg", 1800, 7_500_000))
                .in("eu-central-1")
                .created(Instant.parse("2020-06-15T12:30:00Z"));
    }

    private static PracticeBucket backups() {
        StoredObject[] versions = {
            StoredObject.ofSize("db/orders.dump", 48_318_382_080L, YESTERYEAR, StorageClass.STANDARD),
            StoredObject.ofSize(
                    "db/orders.dump", 51_539_607_552L, YESTERYEAR.plusSeconds(86_400), StorageClass.STANDARD),
            StoredObject.ofSize("db/sessions.dump", 2_147_483_648L, YESTERYEAR, StorageClass.STANDARD_IA),
            StoredObject.deleteMarker("db/sessions.dump", YESTERYEAR.plusSeconds(172_800)),
            StoredObject.ofSize("db/users.dump", 3_221_225_472L, YESTERYEAR, StorageClass.GLACIER)
        };
        return PracticeBucket.of("acme-backups", versions)
                .keepingVersions()
                .with(new PendingUpload(
                        "db/orders-2023.dump",
                        Instant.parse("2023-12-31T23:00:00Z"),
                        List.of(104_857_600L, 73_400_320L)));
    }

    private static PracticeBucket awkward() {
        StoredObject[] objects = IntStream.range(0, AWKWARD_KEYS.size())
                .mapToObj(i -> StoredObject.ofText(
                        AWKWARD_KEYS.get(i), "content of key " + i + "\n", YESTERYEAR.plusSeconds(3600L * i)))
                .toArray(StoredObject[]::new);
        return PracticeBucket.of("acme-awkward-names", objects);
    }

    private static PracticeBucket empty() {
        return PracticeBucket.of("acme-empty");
    }

    private static PracticeBucket legal() {
        return PracticeBucket.of("acme-legal-hold", series("matter/", ".pdf", 12, 800_000))
                .locked();
    }

    private static PracticeBucket tempDirectory() {
        return PracticeBucket.of("acme-scratch", series("tmp/run-", "/output.parquet", 350, 12_000_000));
    }

    private static StoredObject[] series(String head, String tail, int count, long typicalBytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    long random = ObjectFacts.mix(head.hashCode() + (long) i);
                    long bytes = typicalBytes / 2 + Long.remainderUnsigned(random, typicalBytes);
                    Instant modified = YESTERYEAR.plusSeconds(i * 13_337L);
                    return StoredObject.ofSize(
                            head + String.format(Locale.ROOT, "%05d", i) + tail,
                            bytes,
                            modified,
                            ObjectFacts.storageClass(i));
                })
                .toArray(StoredObject[]::new);
    }
}
