package dev.muster.bench;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import java.io.IOException;

/** The practice cloud in a process of its own, with a bucket for day files. Prints its endpoint, and ends with its input. */
public final class QueueCloud {
    private QueueCloud() {}

    public static void main(String[] arguments) throws IOException {
        PracticeAccount account =
                PracticeAccount.of(BenchCloud.ACCOUNT, "bench", PracticeBucket.of(EventsBench.BUCKET));
        try (PracticeCloud cloud = PracticeCloud.start(Estate.of(account))) {
            System.out.println(cloud.endpoint());
            while (System.in.read() >= 0) {
                // until the bench closes it
            }
        }
    }
}
