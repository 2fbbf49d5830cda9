package dev.muster.bench;

import dev.muster.sandbox.Estate;
import dev.muster.sandbox.FaultProfile;
import dev.muster.sandbox.Latency;
import dev.muster.sandbox.PracticeAccount;
import dev.muster.sandbox.PracticeBucket;
import dev.muster.sandbox.PracticeCloud;
import dev.muster.sandbox.keys.Layouts;
import java.io.IOException;
import java.time.Duration;

/**
 * The practice cloud in a process of its own, with one bucket for each layout. Prints its endpoint, and ends with its
 * standard input.
 */
public final class BenchCloud {
    private BenchCloud() {}

    /** Arguments: objects per bucket, milliseconds per page. */
    public static void main(String[] arguments) throws IOException {
        long objects = Long.parseLong(arguments[0]);
        Duration latency = Duration.ofMillis(Long.parseLong(arguments[1]));
        PracticeBucket[] buckets = Layouts.byName().entrySet().stream()
                .map(layout ->
                        PracticeBucket.of(layout.getKey(), layout.getValue().apply(objects)))
                .toArray(PracticeBucket[]::new);
        PracticeAccount account = PracticeAccount.of(ListingBench.ACCOUNT, "bench", buckets);
        try (PracticeCloud cloud = PracticeCloud.start(Estate.of(account))) {
            cloud.faults().set(FaultProfile.NONE.withLatency(Latency.fixed(latency)));
            System.out.println(cloud.endpoint());
            while (System.in.read() >= 0) {
                // until the bench closes it
            }
        }
    }
}
