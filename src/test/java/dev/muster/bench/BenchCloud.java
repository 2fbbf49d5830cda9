package dev.muster.bench;

import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/**
 * The practice cloud in a process of its own, with one bucket for each layout. Prints its endpoint, and ends with its
 * standard input.
 */
public final class BenchCloud {
    static final String ACCOUNT = "111111111111";

    private BenchCloud() {}

    /** Starts it; the first line of its output is its endpoint. */
    static Process start(long objects, int latencyMillis) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchCloud.class.getName(),
                        Long.toString(objects),
                        Integer.toString(latencyMillis))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Has what is measured call as the account that owns the buckets, and find nothing of its user's. */
    static Map<String, String> environment(Path home) {
        PracticeAccount caller = PracticeAccount.of(ACCOUNT, "bench");
        return Map.of(
                "AWS_ACCESS_KEY_ID", caller.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", caller.secretAccessKey(),
                "AWS_REGION", Estate.REGION,
                "AWS_EC2_METADATA_DISABLED", "true",
                "XDG_STATE_HOME", home.toString());
    }

    static void deleteAll(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Arguments: objects per bucket, milliseconds per page. */
    public static void main(String[] arguments) throws IOException {
        long objects = Long.parseLong(arguments[0]);
        Duration latency = Duration.ofMillis(Long.parseLong(arguments[1]));
        PracticeBucket[] buckets = KeyLayouts.byName().entrySet().stream()
                .map(layout ->
                        PracticeBucket.of(layout.getKey(), layout.getValue().apply(objects)))
                .toArray(PracticeBucket[]::new);
        PracticeAccount account = PracticeAccount.of(ACCOUNT, "bench", buckets);
        try (PracticeCloud cloud = PracticeCloud.start(Estate.of(account))) {
            cloud.faults().set(FaultProfile.NONE.withLatency(Latency.fixed(latency)));
            System.out.println(cloud.endpoint());
            while (System.in.read() >= 0) {
                // until the bench closes it
            }
        }
    }
}
