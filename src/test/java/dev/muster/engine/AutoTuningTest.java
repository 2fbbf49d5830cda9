package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The adaptive limit against fixed numbers of workers on services of every kind, in virtual time. */
class AutoTuningTest {
    private static final int[] FIXED = {8, 16, 32, 64, 128, 256};
    private static final int MOST = 256;
    private static final int SEEDS = 3;

    private static Map<String, Function<Random, SimulatedServer>> servers() {
        Map<String, Function<Random, SimulatedServer>> servers = new LinkedHashMap<>();
        servers.put("fast", random -> SimulatedServer.queueing(8, 0.004, 0, random));
        servers.put("strained by load", random -> SimulatedServer.queueing(32, 0.02, 0.003, random));
        servers.put("slow", random -> SimulatedServer.unlimited(0.2, 0, 0, random));
        servers.put("slow-tailed", random -> SimulatedServer.unlimited(0.05, 0.01, 1.0, random));
        servers.put("500 a second", random -> SimulatedServer.rateLimited(0.1, 500, 50, random));
        servers.put("3500 a second", random -> SimulatedServer.rateLimited(0.05, 3500, 350, random));
        servers.put("100 at a time", random -> SimulatedServer.concurrencyLimited(0.05, 100, random));
        servers.put("20 at a time", random -> SimulatedServer.concurrencyLimited(0.2, 20, random));
        return servers;
    }

    @Test
    void autoComesWithinATenthOfTheBestFixedNumberOnEveryService() {
        assertThat(worseThanTheBestFixed(10_000, 1.1)).isEmpty();
    }

    @Test
    void autoLosesLittleThoughARunIsOverInSeconds() {
        assertThat(worseThanTheBestFixed(1_000, 1.5)).isEmpty();
    }

    /** Prints a row for each service, and gives back those where auto took more than so many times the best. */
    private static List<String> worseThanTheBestFixed(int pages, double most) {
        List<String> worse = new ArrayList<>();
        System.out.printf("%d pages         workers %s, auto, of the best%n", pages, List.of(8, 16, 32, 64, 128, 256));
        servers().forEach((name, server) -> {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-18s", name));
            double best = Double.MAX_VALUE;
            for (int workers : FIXED) {
                double seconds = seconds(server, 0, pages, workers, false);
                best = Math.min(best, seconds);
                row.append(String.format(Locale.ROOT, " %7.2f", seconds));
            }
            double auto = IntStream.range(0, SEEDS)
                    .mapToDouble(seed -> seconds(server, seed, pages, MOST, true))
                    .average()
                    .orElseThrow();
            row.append(String.format(Locale.ROOT, "  %7.2f  %5.2f", auto, auto / best));
            System.out.println(row);
            if (auto > most * best) {
                worse.add(row.toString());
            }
        });
        return worse;
    }

    private static double seconds(
            Function<Random, SimulatedServer> server, long seed, int pages, int workers, boolean adaptive) {
        return new TuningSimulation(server.apply(new Random(seed)), pages, workers, adaptive)
                .run()
                .seconds();
    }
}
