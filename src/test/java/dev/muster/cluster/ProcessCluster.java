package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes in JVMs of their own, which can be killed, and a client here. */
final class ProcessCluster implements AutoCloseable {
    static final String READY = "ready: ";
    static final Duration LONG = Duration.ofMinutes(2);

    private final Path directory;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Map<String, HostPort> nodes = new LinkedHashMap<>();
    private ClusterClient client;

    ProcessCluster(Path directory) {
        this.directory = directory;
    }

    /** Starts nodes at the same time; the very first one forms the cluster, alone. */
    void start(String... names) throws IOException {
        String join = nodes.isEmpty() ? "" : nodes.values().iterator().next().toString();
        for (String name : names) {
            launch(name, NodeProcess.class, name, directory.toString(), join);
        }
        for (String name : names) {
            nodes.put(name, HostPort.parse(awaitReady(name)));
        }
    }

    /** A client that submits a run and follows it. */
    void startClient(String run, int count, int millis) throws IOException {
        launch("client", ClientProcess.class, run, "" + count, "" + millis, contacts());
        awaitReady("client");
    }

    private void launch(String name, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        processes.put(name, process);
    }

    private String awaitReady(String name) {
        Path log = directory.resolve(name + ".log");
        return await().atMost(LONG).until(() -> readyLine(log), line -> !line.isEmpty());
    }

    private static String readyLine(Path log) throws IOException {
        try (BufferedReader lines = java.nio.file.Files.newBufferedReader(log, UTF_8)) {
            return lines.lines()
                    .filter(line -> line.startsWith(READY))
                    .map(line -> line.substring(READY.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    /** Kills a process so that it can do nothing more, as {@code kill -9} does. */
    void kill(String name) {
        processes.remove(name).destroyForcibly().onExit().join();
        nodes.remove(name);
    }

    /** The name of the node that coordinates. */
    String coordinator() {
        String address = client().cluster().coordinator();
        return nodes.entrySet().stream()
                .filter(node -> address.startsWith(node.getValue().toString() + "@"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    ClusterClient client() {
        if (client == null) {
            client = ClusterClient.connect(TestCluster.config(2), List.copyOf(nodes.values()));
        }
        return client;
    }

    private String contacts() {
        return String.join(",", nodes.values().stream().map(HostPort::toString).toList());
    }

    /** Reads contacts, as a process is given them; none from an empty text. */
    static List<HostPort> addresses(String contacts) {
        return contacts.isEmpty()
                ? List.of()
                : Arrays.stream(contacts.split(",", -1)).map(HostPort::parse).toList();
    }

    void submit(String run, int count, int millis) {
        assertThat(client().submit(run, "toy", ToyJob.arguments(count, millis)).refusal())
                .isEmpty();
    }

    /** How many numbers are merged; -1 while the cluster does not answer. */
    long done(String run) {
        try {
            RunView view = client().run(run).view().orElseThrow();
            return view.ended()
                    ? Long.MAX_VALUE
                    : view.progress()
                            .map(progress -> progress.counts().getOrDefault("numbers", 0L))
                            .orElse(-1L);
        } catch (ClusterException e) {
            return -1;
        }
    }

    ToyJob.Tally completeTally(String run, long count) throws IOException {
        await().atMost(LONG).until(() -> done(run) == Long.MAX_VALUE);
        RunResult<ToyJob.Work, ToyJob.Tally> result = new ResultCodec<>(ToyJob.Work.class, ToyJob.Tally.class)
                .decode(new ResultStream(offset -> client().result(run, offset)));
        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().count()).isEqualTo(count);
        assertThat(result.summary().sum()).isEqualTo(ToyJob.sum(count));
        assertThat(result.summary().squares()).isEqualTo(ToyJob.squares(count));
        return result.summary();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        processes.values().forEach(process -> process.destroyForcibly().onExit().join());
    }
}
