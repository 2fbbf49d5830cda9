package dev.muster.cli;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code muster} in a Java process of its own, with this one's class path. */
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    /**
     * Starts it.
     *
     * @param directory takes what it prints
     * @param javaOptions such as {@code -Xmx64m}
     */
    public ChildProcess(Path directory, List<String> javaOptions, List<String> arguments) throws IOException {
        this(Path.of(System.getProperty("java.home"), "bin", "java"), directory, javaOptions, arguments);
    }

    /** Starts it by another program than {@code java}, which takes the same arguments. */
    ChildProcess(Path java, Path directory, List<String> javaOptions, List<String> arguments) throws IOException {
        out = Files.createTempFile(directory, "out", ".txt");
        err = Files.createTempFile(directory, "err", ".txt");
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("MUSTER_"));
        builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        process = builder.start();
    }

    /** The arguments of an audit of a practice cloud. */
    static List<String> audit(URI endpoint, PracticeAccount account, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "audit",
                "--endpoint-url=" + endpoint,
                "--region=" + Estate.REGION,
                "--keyid=" + account.accessKeyId(),
                "--secret=" + account.secretAccessKey(),
                "--format=json"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    public boolean alive() {
        return process.isAlive();
    }

    long id() {
        return process.pid();
    }

    /** Waits for its end, no longer than that. */
    void waitFor(Duration most) throws InterruptedException {
        process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks it to end, as SIGTERM does. */
    public void stop() {
        process.destroy();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Waits for its end and returns its exit code.
     *
     * @throws IllegalStateException if it takes longer than that
     */
    public int exitCode(long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running after " + seconds + " s; it said: " + err());
        }
        return process.exitValue();
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
