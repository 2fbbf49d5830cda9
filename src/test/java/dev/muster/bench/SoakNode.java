package dev.muster.bench;

import dev.muster.cluster.DroppingProxy;
import dev.muster.cluster.HostPort;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, at a loopback address of its own, behind a {@link DroppingProxy}. */
final class SoakNode implements AutoCloseable {
    private final String host;
    private final int bindPort;
    private final DroppingProxy proxy;
    private final Path log;
    private Process process;

    SoakNode(String host, Path directory) throws IOException {
        this.host = host;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            this.bindPort = free.getLocalPort();
        }
        this.proxy = new DroppingProxy(host, bindPort);
        this.log = directory.resolve("node-" + host + ".log");
    }

    HostPort address() {
        return new HostPort(host, proxy.port());
    }

    void start(Path launcher, String join, List<String> options, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "node", "--listen=" + address(), "--bind=" + host, "--join=" + join));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        "MUSTER_JAVA_OPTS",
                        "-Dpekko.remote.artery.bind.port=" + bindPort
                                + " -Dpekko.remote.artery.advanced.tcp.outbound-client-hostname=" + host);
        process = builder.start();
    }

    boolean alive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Asks it to leave, as SIGTERM does.
     *
     * @return whether it left within that time, and as one that was asked to
     */
    boolean leaves(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /**
     * Waits for its end, which nobody asked for.
     *
     * @return whether it ended within that time, and said so by its exit code
     */
    boolean gaveUp(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 1;
    }

    /** Sends it STOP or CONT. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Lets nothing through between this node and another. */
    void cutOff(SoakNode other) {
        proxy.cutOff(other.host);
        other.proxy.cutOff(host);
    }

    /** Lets everything through again. */
    void heal() {
        proxy.heal();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroyForcibly();
        }
        proxy.close();
    }
}
