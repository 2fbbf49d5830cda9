package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kills consumers at random moments. More rounds: {@code -Dmuster.crash.rounds=20}. */
@Tag("slow")
class EventsCrashTest {
    private static final int ROUNDS = Integer.getInteger("muster.crash.rounds", 3);
    private static final int SHORTEST_LIFE_MILLIS = 1500;
    private static final int LONGEST_LIFE_MILLIS = 5000;

    @Test
    void whatKilledConsumersLeaveIsInTheDayFilesInTheEnd() throws Exception {
        Random random = new Random(ROUNDS);
        try (PracticeQueue practice = new PracticeQueue()) {
            practice.put("events/prod/20220403", PracticeQueue.golden("before/20220403"));
            practice.put("events/prod/20220404", PracticeQueue.golden("before/20220404"));
            List<String> bodies = PracticeQueue.goldenBodies();
            for (int round = 0; round < ROUNDS; round++) {
                practice.send(bodies.subList(round * bodies.size() / ROUNDS, (round + 1) * bodies.size() / ROUNDS));
                Process first = consumer(practice);
                Process second = consumer(practice);
                killAfter(first, random);
                killAfter(second, random);
            }
            // The leases of the dead end by themselves; only then is an empty answer the truth.
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        practice.run("", EventsJob.Options.DRAIN);
                        return practice.messagesLeft() == 0;
                    });
            for (String day : List.of("20220403", "20220404", "20220405")) {
                assertThat(practice.get("events/prod/" + day)).isEqualTo(PracticeQueue.golden("after/" + day));
            }
        }
    }

    private static Process consumer(PracticeQueue practice) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EventsConsumer.class.getName(),
                        practice.cloud.endpoint().toString(),
                        practice.queueUrl)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A consumer that has done its work by then ends by itself. */
    private static void killAfter(Process process, Random random) throws InterruptedException {
        int life = random.nextInt(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS);
        if (!process.waitFor(life, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
