package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three nodes that talk by TLS, a client and the practice cloud, all in processes of their own: in the middle of each run
 * something breaks, and its totals must be those of a local run. Ends at the first fault that it finds, and leaves the logs behind.
 */
public final class ClusterSoak {
    private static final long OBJECTS = 400_000;
    private static final int LATENCY_MILLIS = 400;
    private static final long LONGEST_RUN_SECONDS = 240;
    private static final long LONGEST_END_SECONDS = 60;

    /** What breaks in the middle of a run. */
    private enum Trouble {
        NONE("nothing"),
        WORKER_KILLED("a worker is killed"),
        COORDINATOR_KILLED("the coordinator is killed"),
        COORDINATOR_KILLED_TWICE("the coordinator is killed, then the next"),
        CLIENT_KILLED("the client is killed, another attaches"),
        WORKER_LEAVES("a worker is told to leave"),
        COORDINATOR_LEAVES("the coordinator is told to leave"),
        WORKER_PAUSED("a worker stands still until it is removed"),
        COORDINATOR_PAUSED("the coordinator stands still likewise"),
        COORDINATOR_CUT_OFF("the coordinator is cut off");

        private final String words;

        Trouble(String words) {
            this.words = words;
        }
    }

    private final Path launcher = Path.of(System.getProperty("muster.home"), "scripts", "muster");
    private final Path directory;
    private final Map<String, String> environment;
    private final List<String> audit;
    private final SoakCluster cluster;

    private ClusterSoak(Path directory, Map<String, String> environment, String endpoint, SoakCluster cluster) {
        this.directory = directory;
        this.environment = environment;
        this.audit = List.of("audit", "--endpoint-url=" + endpoint, "--include=uuid", "--format=json");
        this.cluster = cluster;
    }

    /** Argument: for how many minutes. */
    public static void main(String[] arguments) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.parseLong(arguments[0]));
        Logger unused = LoggerFactory.getLogger(ClusterSoak.class); // before actors log from several threads at once
        Path directory = Files.createTempDirectory("muster-soak");
        Path launcher = Path.of(System.getProperty("muster.home"), "scripts", "muster");
        Config config = new TestCertificates(directory.resolve("tls")).above(ConfigFactory.load());
        Map<String, String> environment = environment(directory, config);
        Process cloud = BenchCloud.start(OBJECTS, LATENCY_MILLIS);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
            String endpoint = reader.readLine();
            try (SoakCluster cluster = new SoakCluster(launcher, directory, endpoint, environment, config)) {
                new ClusterSoak(directory, environment, endpoint, cluster).run(end);
            }
            BenchCloud.deleteAll(directory);
        } catch (IllegalStateException | ConditionTimeoutException e) {
            System.out.println("FAULT: " + e.getMessage() + "; what the processes said is in " + directory);
            System.exit(1);
        } finally {
            cloud.destroy();
        }
    }

    /** Of nodes and clients, all of which find the certificates by it. */
    private static Map<String, String> environment(Path directory, Config config) throws IOException {
        Path file = directory.resolve("muster.conf");
        Files.writeString(file, config.withOnlyPath("muster.cluster.tls").root().render());
        Map<String, String> environment = new HashMap<>(BenchCloud.environment(directory));
        environment.put("MUSTER_CONFIG", file.toString());
        return environment;
    }

    private void run(long end) throws IOException, InterruptedException {
        JsonNode truth = totals(launch("--no-learn"), "a local run");
        System.out.printf("a local run counts %s objects of %s bytes%n", truth.path("objects"), truth.path("bytes"));
        System.out.println("round  in the middle of the run                   run s  totals");
        int round = 0;
        while (System.nanoTime() < end) {
            Trouble trouble = Trouble.values()[round++ % Trouble.values().length];
            long begin = System.nanoTime();
            JsonNode totals = runThrough(trouble);
            double seconds = (System.nanoTime() - begin) / 1e9;
            require(totals.equals(truth), "totals after \"" + trouble.words + "\" are " + totals + ", not " + truth);
            System.out.printf(Locale.ROOT, "%5d  %-42s  %6.1f  exact%n", round, trouble.words, seconds);
            cluster.restore();
        }
        System.out.println(round + " rounds, the totals of each exact");
    }

    private JsonNode runThrough(Trouble trouble) throws IOException, InterruptedException {
        Process client = launch("--cluster", "--join=" + cluster.contacts());
        try {
            String run = cluster.awaitProgress(0);
            strike(trouble, client);
            if (!client.isAlive() && trouble == Trouble.CLIENT_KILLED) {
                client = start(List.of("attach", run, "--join=" + cluster.contacts()));
            }
            return totals(client, trouble.words);
        } finally {
            client.destroyForcibly();
        }
    }

    private void strike(Trouble trouble, Process client) throws IOException, InterruptedException {
        SoakNode coordinator = cluster.coordinator();
        SoakNode worker = cluster.nodes().stream()
                .filter(node -> node != coordinator)
                .findFirst()
                .orElseThrow();
        switch (trouble) {
            case NONE -> {}
            case WORKER_KILLED -> worker.kill();
            case COORDINATOR_KILLED -> coordinator.kill();
            case COORDINATOR_KILLED_TWICE -> killTwo(coordinator);
            case CLIENT_KILLED -> client.destroyForcibly().waitFor();
            case WORKER_LEAVES -> require(worker.leaves(LONGEST_END_SECONDS), "a worker did not leave");
            case COORDINATOR_LEAVES -> require(coordinator.leaves(LONGEST_END_SECONDS), "a coordinator did not leave");
            case WORKER_PAUSED -> pause(worker);
            case COORDINATOR_PAUSED -> pause(coordinator);
            case COORDINATOR_CUT_OFF -> cutOff(coordinator);
        }
    }

    private void killTwo(SoakNode coordinator) throws IOException, InterruptedException {
        long counted = cluster.counted();
        coordinator.kill();
        cluster.restore();
        String unused = cluster.awaitProgress(counted);
        cluster.coordinator().kill();
    }

    private void cutOff(SoakNode coordinator) throws InterruptedException {
        cluster.nodes().stream().filter(node -> node != coordinator).forEach(coordinator::cutOff);
        require(coordinator.gaveUp(LONGEST_END_SECONDS), "a coordinator that was cut off went on");
        cluster.nodes().forEach(SoakNode::heal);
    }

    /** The node is one of the cluster no more when it goes on, and must see that. */
    private void pause(SoakNode node) throws IOException, InterruptedException {
        node.signal("STOP");
        cluster.awaitRemoval(node);
        node.signal("CONT");
        require(node.gaveUp(LONGEST_END_SECONDS), "a node that had stood still until it was removed went on");
    }

    private Process launch(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(audit);
        arguments.addAll(List.of(options));
        return start(arguments);
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(report().toFile())
                .redirectError(Redirect.appendTo(directory.resolve("client.log").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private JsonNode totals(Process client, String of) throws IOException, InterruptedException {
        require(client.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS), "the run does not end: " + of);
        require(client.exitValue() == 0, "the run ends with exit code " + client.exitValue() + ": " + of);
        ObjectNode totals =
                (ObjectNode) new ObjectMapper().readTree(report().toFile()).path("total");
        totals.remove("age_histogram"); // relative to the beginning of a run
        return totals;
    }

    private Path report() {
        return directory.resolve("report.json");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
