package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Lists one bucket by a local run, by a cluster of one node, and by one of two, each of as many workers, against the
 * practice cloud. All are processes of their own. Of several runs each the median counts; a cluster does one more before
 * them, as its nodes are long at work when it matters.
 */
public final class ClusterBench {
    /**
     * A row of the table.
     *
     * @param seconds wall time of the command, start of its JVM included
     * @param runSeconds how long the run itself took, as its report says
     * @param cpuSeconds of the processes that list, and of the practice cloud, while it ran
     */
    record Row(
            String who, double seconds, double runSeconds, double cpuSeconds, double cloudCpuSeconds, long objects) {}

    private record Options(long objects, int latencyMillis, int workers, String layout, int runs) {
        static Options parse(List<String> arguments) {
            return new Options(
                    Long.parseLong(value(arguments, "--objects").orElse("2000000")),
                    Integer.parseInt(value(arguments, "--latency").orElse("50")),
                    Integer.parseInt(value(arguments, "--workers").orElse("32")),
                    value(arguments, "--layout").orElse("uuid"),
                    Integer.parseInt(value(arguments, "--runs").orElse("3")));
        }

        private static Optional<String> value(List<String> arguments, String name) {
            int at = arguments.indexOf(name);
            return at >= 0 && at + 1 < arguments.size() ? Optional.of(arguments.get(at + 1)) : Optional.empty();
        }
    }

    private final Options options;
    private final Path tempDirectory;
    private final Process cloud;
    private final String endpoint;

    private ClusterBench(Options options, Path tempDirectory, Process cloud, String endpoint) {
        this.options = options;
        this.tempDirectory = tempDirectory;
        this.cloud = cloud;
        this.endpoint = endpoint;
    }

    /** Options: --objects N --latency MS --workers N --layout NAME --runs N. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.parse(List.of(arguments));
        Path tempDirectory = Files.createTempDirectory("muster-bench");
        Process cloud = BenchCloud.start(options.objects(), options.latencyMillis());
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
            System.out.print(new ClusterBench(options, tempDirectory, cloud, reader.readLine()).run());
        } finally {
            cloud.destroy();
            BenchCloud.deleteAll(tempDirectory);
        }
    }

    private String run() throws IOException, InterruptedException {
        List<Row> rows = List.of(local(), cluster(1), cluster(2));
        StringBuilder table = new StringBuilder();
        table.append("who               wall s  against    run s  against    CPU s  cloud's CPU s    objects\n");
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Row above = rows.get(Math.max(0, i - 1));
            table.append(String.format(
                    Locale.ROOT,
                    "%-16s  %6.2f  %7.2f  %7.2f  %7.2f  %7.2f  %13.2f  %9d%n",
                    row.who(),
                    row.seconds(),
                    row.seconds() / above.seconds(),
                    row.runSeconds(),
                    row.runSeconds() / above.runSeconds(),
                    row.cpuSeconds(),
                    row.cloudCpuSeconds(),
                    row.objects()));
        }
        return table.append("against: the time of the row above\n").toString();
    }

    private Row local() throws IOException, InterruptedException {
        List<String> command = muster("audit", "--workers=" + options.workers(), "--no-learn");
        command.add("--checkpoint=" + tempDirectory.resolve("checkpoint"));
        return median("local run", command, List.of());
    }

    private Row cluster(int nodes) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        try {
            String first = "127.0.0.1:" + freePort();
            for (int node = 0; node < nodes; node++) {
                processes.add(node(node == 0 ? first : "127.0.0.1:" + freePort(), first, nodes));
            }
            List<String> command = muster("audit", "--cluster", "--no-learn", "--join=" + first);
            awaitMembers(first, nodes);
            list(command, processes, "");
            return median(nodes == 1 ? "one node" : nodes + " nodes", command, processes);
        } finally {
            processes.forEach(Process::destroy);
            for (Process process : processes) {
                process.waitFor(30, TimeUnit.SECONDS);
                process.destroyForcibly();
            }
        }
    }

    private Process node(String listen, String join, int nodes) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        launcher(),
                        "node",
                        "--quiet",
                        "--workers=" + options.workers(),
                        "--listen=" + listen,
                        "--join=" + join,
                        "--endpoint-url=" + endpoint,
                        "--checkpoint=" + tempDirectory.resolve("runs-" + nodes))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment());
        return builder.start();
    }

    private void awaitMembers(String first, int nodes) throws IOException, InterruptedException {
        Path status = tempDirectory.resolve("status");
        List<String> command = List.of(launcher(), "cluster", "status", "--format=json", "--join=" + first);
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (Measured.run(command, environment(), status).exitCode() != 0 || workers(status) < nodes) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the nodes did not find each other");
            }
        }
    }

    /** Members that have said how many workers they have. */
    private static long workers(Path status) throws IOException {
        JsonNode members = new ObjectMapper().readTree(status.toFile()).path("members");
        return IntStream.range(0, members.size())
                .filter(member -> members.get(member).path("workers").asInt() > 0)
                .count();
    }

    private Row median(String who, List<String> command, List<Process> nodes) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int run = 0; run < options.runs(); run++) {
            rows.add(list(command, nodes, who));
        }
        rows.sort(Comparator.comparingDouble(Row::seconds));
        return rows.get(options.runs() / 2);
    }

    private Row list(List<String> command, List<Process> nodes, String who) throws IOException, InterruptedException {
        Path report = tempDirectory.resolve("report.json");
        double cloudBefore = Measured.cpuSeconds(cloud);
        double nodesBefore = nodes.stream().mapToDouble(Measured::cpuSeconds).sum();
        Measured measured = Measured.run(command, environment(), report);
        double nodesAfter = nodes.stream().mapToDouble(Measured::cpuSeconds).sum();
        JsonNode told = new ObjectMapper().readTree(report.toFile());
        return new Row(
                who,
                measured.wallSeconds(),
                told.path("elapsed_seconds").asDouble(),
                measured.cpuSeconds() + nodesAfter - nodesBefore,
                Measured.cpuSeconds(cloud) - cloudBefore,
                told.path("total").path("objects").asLong());
    }

    private List<String> muster(String... words) {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(List.of(words));
        command.addAll(
                List.of("--endpoint-url=" + endpoint, "--include=" + options.layout(), "--format=json", "--quiet"));
        return command;
    }

    private static String launcher() {
        return Path.of(System.getProperty("muster.home"), "scripts", "muster").toString();
    }

    private Map<String, String> environment() {
        return BenchCloud.environment(tempDirectory);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
