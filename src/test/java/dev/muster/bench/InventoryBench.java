package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Runs an audit and an inventory of the same bucket in turns, with the launcher, against the practice cloud in a process of
 * its own, and prints what an inventory costs as a multiple of the audit: the medians of one run of this benchmark.
 */
public final class InventoryBench {
    /** A bucket that was listed, and by how much. */
    private record Pair(Measured audit, Measured inventory) {}

    private final Path tempDirectory;
    private final String endpoint;
    private final String layout;
    private final String workers;

    private InventoryBench(Path tempDirectory, String endpoint, String layout, String workers) {
        this.tempDirectory = tempDirectory;
        this.endpoint = endpoint;
        this.layout = layout;
        this.workers = workers;
    }

    /** Options: --objects N --latency MS --workers N --layout NAME --runs N. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        long objects = value(options, "--objects").map(Long::parseLong).orElse(1_000_000L);
        int latency = value(options, "--latency").map(Integer::parseInt).orElse(50);
        int runs = value(options, "--runs").map(Integer::parseInt).orElse(5);
        Path tempDirectory = Files.createTempDirectory("muster-bench");
        Process cloud = BenchCloud.start(objects, latency);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
            InventoryBench bench = new InventoryBench(
                    tempDirectory,
                    reader.readLine(),
                    value(options, "--layout").orElse("dated"),
                    value(options, "--workers").orElse("64"));
            bench.pair("warm-up");
            List<Pair> pairs = new ArrayList<>();
            for (int run = 1; run <= runs; run++) {
                pairs.add(bench.pair("dataset-" + run));
            }
            System.out.print(bench.table(pairs, "dataset-" + runs));
        } finally {
            cloud.destroy();
            BenchCloud.deleteAll(tempDirectory);
        }
    }

    private static Optional<String> value(List<String> options, String name) {
        int at = options.indexOf(name);
        return at >= 0 && at + 1 < options.size() ? Optional.of(options.get(at + 1)) : Optional.empty();
    }

    private Pair pair(String dataset) throws IOException, InterruptedException {
        Measured audit = run("audit", "--format=json");
        return new Pair(audit, run("inventory", "--output=" + tempDirectory.resolve(dataset)));
    }

    private Measured run(String command, String option) throws IOException, InterruptedException {
        List<String> words = List.of(
                Path.of(System.getProperty("muster.home"), "scripts", "muster").toString(),
                command,
                option,
                "--endpoint-url=" + endpoint,
                "--include=" + layout,
                "--quiet",
                "--no-learn",
                "--workers=" + workers,
                "--checkpoint=" + tempDirectory.resolve("checkpoint-" + command));
        Map<String, String> environment = BenchCloud.environment(tempDirectory);
        Measured measured = Measured.run(words, environment, tempDirectory.resolve("out"));
        if (measured.exitCode() != 0) {
            throw new IllegalStateException(command + " ended with " + measured.exitCode() + ": "
                    + Files.readString(tempDirectory.resolve("stderr")));
        }
        return measured;
    }

    private String table(List<Pair> pairs, String dataset) throws IOException {
        JsonNode files = new ObjectMapper()
                .readTree(
                        tempDirectory.resolve(dataset).resolve("manifest.json").toFile())
                .path("files");
        long rows = 0;
        long bytes = 0;
        for (JsonNode file : files) {
            rows += file.path("rows").asLong();
            bytes += file.path("size").asLong();
        }
        return String.format(
                Locale.ROOT,
                "             wall s   CPU s   peak MB%n"
                        + "audit        %6.2f  %6.2f  %8.0f%n"
                        + "inventory    %6.2f  %6.2f  %8.0f%n"
                        + "ratio        %6.2f  %6.2f%n"
                        + "%d rows in %d files, %.1f bytes a row%n",
                median(pairs, pair -> pair.audit().wallSeconds()),
                median(pairs, pair -> pair.audit().cpuSeconds()),
                median(pairs, pair -> pair.audit().peakMegabytes()),
                median(pairs, pair -> pair.inventory().wallSeconds()),
                median(pairs, pair -> pair.inventory().cpuSeconds()),
                median(pairs, pair -> pair.inventory().peakMegabytes()),
                median(
                        pairs,
                        pair -> pair.inventory().wallSeconds() / pair.audit().wallSeconds()),
                median(
                        pairs,
                        pair -> pair.inventory().cpuSeconds() / pair.audit().cpuSeconds()),
                rows,
                files.size(),
                (double) bytes / rows);
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
