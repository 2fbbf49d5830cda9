package dev.muster.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures how the cost of a run grows with buckets, tasks under way, pages and nodes. Plan, scheduler, codec and summary are the
 * real ones, and for buckets and pages coordinator, workers and aggregator too; the network and its servers are a {@link
 * GeneratedEstate}. {@code growth} is the CPU time by that of the row above.
 */
public final class ScaleBench {
    private static final int KEYS_PER_BUCKET = 10;
    private static final int WORKERS_PER_NODE = 64;
    private static final long KEYS_PER_PAGE = 1000;

    private ScaleBench() {}

    /** Runs all parts, or those that are named, at sizes that take a minute; {@code --full} goes to ten times as much. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = Arrays.asList(arguments);
        boolean all = Stream.of("buckets", "leases", "pages", "nodes").noneMatch(words::contains);
        int most = words.contains("--full") ? 10 : 1;
        if (all || words.contains("buckets")) {
            buckets(most * 10_000);
        }
        if (all || words.contains("pages")) {
            pages(most * 10_000);
        }
        if (all || words.contains("leases")) {
            leases(most * 10_000);
        }
        if (all || words.contains("nodes")) {
            nodes(most * 100);
        }
    }

    private static void buckets(int most) throws Exception {
        EstateRun.of(1_000, KEYS_PER_BUCKET); // to warm up
        System.out.println("buckets   wall s   CPU s  growth  MB halfway  MB at end  checkpoint MB  written in s");
        double before = 0;
        for (int buckets = 1_000; buckets <= most; buckets *= 10) {
            EstateRun run = EstateRun.of(buckets, KEYS_PER_BUCKET);
            print(
                    "%7d  %7.2f %7.2f  %6s  %10.1f  %9.1f  %13.2f  %12.3f%n",
                    buckets,
                    run.wallSeconds(),
                    run.cpuSeconds(),
                    growth(run.cpuSeconds(), before),
                    run.megabytesHalfway(),
                    run.megabytesAtEnd(),
                    run.checkpointMegabytes(),
                    run.checkpointSeconds());
            before = run.cpuSeconds();
        }
    }

    private static void pages(int most) throws Exception {
        EstateRun.of(1, 1_000 * KEYS_PER_PAGE); // to warm up
        System.out.println("pages of one bucket   wall s   CPU s  growth   pages/s  CPU ms/page");
        double before = 0;
        for (int pages = 1_000; pages <= most; pages *= 10) {
            EstateRun run = EstateRun.of(1, pages * KEYS_PER_PAGE);
            print(
                    "%19d  %7.2f %7.2f  %6s  %8.0f  %11.4f%n",
                    pages,
                    run.wallSeconds(),
                    run.cpuSeconds(),
                    growth(run.cpuSeconds(), before),
                    pages / run.wallSeconds(),
                    1e3 * run.cpuSeconds() / pages);
            before = run.cpuSeconds();
        }
    }

    private static void leases(int most) {
        SchedulerLoad.nanosPerResult(1_000);
        System.out.println("leases  CPU us/result  growth");
        double before = 0;
        for (int leases = 1_000; leases <= most; leases *= 10) {
            double nanos = SchedulerLoad.nanosPerResult(leases);
            print("%6d  %13.2f  %6s%n", leases, nanos / 1e3, growth(nanos, before));
            before = nanos;
        }
    }

    private static void nodes(int most) throws Exception {
        SimulatedNodes.cpuOfPages(1, WORKERS_PER_NODE, 5_000);
        System.out.println("nodes  workers   pages  CPU ms/page  cores at 20,000 pages/s");
        for (int nodes = 1; nodes <= most; nodes *= 10) {
            int workers = nodes * WORKERS_PER_NODE;
            long pages = Math.max(20_000, 5L * workers);
            double millis = 1e3 * SimulatedNodes.cpuOfPages(nodes, WORKERS_PER_NODE, pages) / pages;
            print("%5d  %7d  %6d  %11.4f  %23.2f%n", nodes, workers, pages, millis, 20 * millis);
        }
    }

    private static String growth(double now, double before) {
        return before == 0 ? "" : String.format(Locale.ROOT, "%.1f", now / before);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
