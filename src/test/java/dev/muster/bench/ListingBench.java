package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lists one bucket of each layout with the launcher, start of the JVM included, with other listers that are on the PATH,
 * and with the {@link Baseline}, all against the practice cloud in a process of its own, and prints a table.
 */
public final class ListingBench {
    private static final int WARM_UPS = 4;
    private static final String WORKERS = "64";

    /** A row of the table. */
    record Row(String layout, String lister, Measured measured, long objects, double requestsPerPage) {}

    private final Options options;
    private final Path tempDirectory;
    private final String endpoint;

    private ListingBench(Options options, Path tempDirectory, String endpoint) {
        this.options = options;
        this.tempDirectory = tempDirectory;
        this.endpoint = endpoint;
    }

    /** Options: --objects N --latency MS --workers N --layout NAME --json. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.parse(List.of(arguments));
        Path tempDirectory = Files.createTempDirectory("muster-bench");
        Process cloud = BenchCloud.start(options.objects(), options.latencyMillis());
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
            String endpoint = reader.readLine();
            List<Row> rows = new ListingBench(options, tempDirectory, endpoint).run();
            System.out.print(options.json() ? json(rows) : table(rows));
        } finally {
            cloud.destroy();
            BenchCloud.deleteAll(tempDirectory);
        }
    }

    private List<Row> run() throws IOException, InterruptedException {
        List<String> layouts = KeyLayouts.byName().keySet().stream()
                .filter(layout -> options.layout().map(layout::equals).orElse(true))
                .toList();
        // Unmeasured: the server's code is compiled by then, as that of any server is that has run for a while.
        for (int i = 0; i < WARM_UPS; i++) {
            muster(layouts.get(i % layouts.size()), "warm-up", "--no-learn");
        }
        List<Row> rows = new ArrayList<>();
        for (String layout : layouts) {
            rows.add(floor(layout));
            rows.add(muster(layout, "muster", "--learn"));
            rows.add(muster(layout, "again", "--learn"));
            for (Competitor competitor : Competitor.onPath()) {
                rows.add(competitor(layout, competitor));
            }
        }
        return rows;
    }

    private Row floor(String layout) throws IOException, InterruptedException {
        Path total = tempDirectory.resolve("floor");
        KeyGenerator keys = KeyLayouts.byName().get(layout).apply(options.objects());
        String workers = options.workers().equals("auto") ? WORKERS : options.workers();
        List<String> command = Baseline.command(endpoint, layout, keys, workers, tempDirectory.resolve("pages"));
        Measured measured = Measured.run(command, BenchCloud.environment(tempDirectory), total);
        long objects = Long.parseLong(Files.readAllLines(total).get(0));
        return new Row(layout, "floor", measured, objects, 1);
    }

    /** One run; with {@code --learn} it begins with what the run before it has learnt of the bucket, if there was one. */
    private Row muster(String layout, String name, String learn) throws IOException, InterruptedException {
        Path report = tempDirectory.resolve("report.json");
        List<String> command = List.of(
                Path.of(System.getProperty("muster.home"), "scripts", "muster").toString(),
                "audit",
                "--endpoint-url=" + endpoint,
                "--include=" + layout,
                "--format=json",
                "--quiet",
                learn,
                "--workers=" + options.workers(),
                "--checkpoint=" + tempDirectory.resolve("checkpoint"));
        Measured measured = Measured.run(command, BenchCloud.environment(tempDirectory), report);
        JsonNode root = new ObjectMapper().readTree(report.toFile());
        long objects = root.path("total").path("objects").asLong();
        double pages = Math.ceil(options.objects() / 1000.0);
        return new Row(layout, name, measured, objects, root.path("requests").asLong() / pages);
    }

    private Row competitor(String layout, Competitor competitor) throws IOException, InterruptedException {
        Path listing = tempDirectory.resolve("listing");
        Measured measured =
                Measured.run(competitor.command(endpoint, layout), BenchCloud.environment(tempDirectory), listing);
        try (var lines = Files.lines(listing, StandardCharsets.ISO_8859_1)) {
            return new Row(layout, competitor.name(), measured, lines.count(), Double.NaN);
        }
    }

    private static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder();
        table.append("layout            lister    wall s   CPU s   peak MB  requests/page    objects  exit\n");
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-16s  %-8s  %6.2f  %6.2f  %8.0f  %13.3f  %9d  %4d%n",
                    row.layout(),
                    row.lister(),
                    row.measured().wallSeconds(),
                    row.measured().cpuSeconds(),
                    row.measured().peakMegabytes(),
                    row.requestsPerPage(),
                    row.objects(),
                    row.measured().exitCode()));
        }
        return table.toString();
    }

    private static String json(List<Row> rows) throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows) + "\n";
    }

    /** What the command line asks for. */
    record Options(long objects, int latencyMillis, String workers, Optional<String> layout, boolean json) {
        static Options parse(List<String> arguments) {
            return new Options(
                    value(arguments, "--objects").map(Long::parseLong).orElse(1_000_000L),
                    value(arguments, "--latency").map(Integer::parseInt).orElse(50),
                    value(arguments, "--workers").orElse(WORKERS),
                    value(arguments, "--layout"),
                    arguments.contains("--json"));
        }

        private static Optional<String> value(List<String> arguments, String name) {
            int at = arguments.indexOf(name);
            return at >= 0 && at + 1 < arguments.size() ? Optional.of(arguments.get(at + 1)) : Optional.empty();
        }
    }
}
