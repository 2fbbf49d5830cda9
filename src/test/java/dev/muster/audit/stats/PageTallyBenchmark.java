package dev.muster.audit.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Objects tallied per second, page by page: a new tally for each 1,000 objects, as in an audit. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageTallyBenchmark {
    private static final int PAGE = 1000;
    private static final int KEY = 42;

    /** Dates: anyhow, all the same, or each newer than the one before, so that each enters the list. */
    @Param({"random", "equal", "rising"})
    private String dates;

    @Param({"newest", "all"})
    private String lists;

    private final byte[] keys = new byte[PAGE * KEY];
    private final long[] sizes = new long[PAGE];
    private final long[] modified = new long[PAGE];
    private final String[] classes = new String[PAGE];
    private TallySettings terms;

    @Setup
    public void setUp() {
        Random random = new Random(7);
        long asOf = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
        for (int i = 0; i < PAGE; i++) {
            byte[] key =
                    String.format("logs/2026/02/28/host-%08d/part.parquet", i).getBytes(UTF_8);
            System.arraycopy(key, 0, keys, i * KEY, KEY);
            sizes[i] = (long) Math.exp(random.nextDouble() * 20);
            modified[i] = switch (dates) {
                case "equal" -> asOf - 1;
                case "rising" -> asOf - 1_000_000 + i;
                default -> asOf - random.nextInt() * 50L;
            };
            classes[i] = random.nextInt(10) == 0 ? "GLACIER" : "STANDARD";
        }
        Set<Ranking> rankings = lists.equals("all") ? EnumSet.allOf(Ranking.class) : Set.of(Ranking.NEWEST);
        terms = new TallySettings(rankings, 5, Instant.ofEpochMilli(asOf));
    }

    @Benchmark
    @OperationsPerInvocation(PAGE)
    public ObjectTally page() {
        PageTally tally = new PageTally(terms);
        for (int i = 0; i < PAGE; i++) {
            tally.object(keys, i * KEY, KEY, sizes[i], modified[i], classes[i]);
        }
        return tally.tally();
    }
}
