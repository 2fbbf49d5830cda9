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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Audits a bucket of many directories in turn without and with totals per prefix, and with a filter, each in a heap of 256 MB,
 * and prints what each took of CPU in relation to the plain audit.
 */
public final class PrefixBench {
    /** Half as many directories as objects. */
    private static final String LAYOUT = "tiny-directories";

    private static final String[][] KINDS = {
        {"plain"}, {"depth 3", "--depth=3"}, {"filter", "--min-size=1", "--older-than=1h", "--key-include=users/*"}
    };

    private PrefixBench() {}

    /** Runs it. Options: --objects N --latency MS --workers N --runs N. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long objects = value(arguments, "--objects", 1_000_000);
        int runs = (int) value(arguments, "--runs", 5);
        Path tempDirectory = Files.createTempDirectory("muster-bench");
        Process cloud = BenchCloud.start(objects, (int) value(arguments, "--latency", 50));
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> common = List.of(
                    Path.of(System.getProperty("muster.home"), "scripts", "muster")
                            .toString(),
                    "audit",
                    LAYOUT,
                    "--endpoint-url=" + reader.readLine(),
                    "--format=json",
                    "--quiet",
                    "--no-learn",
                    "--workers=" + value(arguments, "--workers", 64),
                    "--checkpoint=" + tempDirectory.resolve("checkpoint"));
            double[][] seconds = new double[KINDS.length][runs];
            for (int run = -1; run < runs; run++) { // the first one warms the server up
                for (int kind = 0; kind < KINDS.length; kind++) {
                    Measured measured = run(common, KINDS[kind], objects, tempDirectory);
                    if (run >= 0) {
                        seconds[kind][run] = measured.cpuSeconds();
                    }
                }
            }
            print(seconds);
        } finally {
            cloud.destroy();
            BenchCloud.deleteAll(tempDirectory);
        }
    }

    private static Measured run(List<String> common, String[] kind, long objects, Path tempDirectory)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(common);
        command.addAll(Arrays.asList(kind).subList(1, kind.length));
        Map<String, String> environment = new HashMap<>(BenchCloud.environment(tempDirectory));
        environment.put("MUSTER_JAVA_OPTS", "-Xmx256m");
        Path report = tempDirectory.resolve("report.json");
        Measured measured = Measured.run(command, environment, report);
        JsonNode root = new ObjectMapper().readTree(report.toFile());
        long counted = root.at("/total/objects").asLong();
        if (measured.exitCode() != 0 || (kind.length < 3 && counted != objects)) {
            throw new IllegalStateException(
                    kind[0] + " ended with " + measured.exitCode() + ", " + counted + " objects counted");
        }
        return measured;
    }

    private static void print(double[][] seconds) {
        System.out.println("audit      CPU s   of plain");
        for (int kind = 0; kind < seconds.length; kind++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-9s %6.2f  %9.3f%n",
                    KINDS[kind][0],
                    median(seconds[kind]),
                    median(seconds[kind]) / median(seconds[0]));
        }
    }

    private static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long value(String[] arguments, String name, long otherwise) {
        int at = Arrays.asList(arguments).indexOf(name);
        return at >= 0 && at + 1 < arguments.length ? Long.parseLong(arguments[at + 1]) : otherwise;
    }
}
