package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a child process took.
 *
 * @param cpuSeconds user and system time of the process itself; read until just before its end
 * @param peakMegabytes the most memory resident at a time; 0 where the system does not tell
 */
record Measured(int exitCode, double wallSeconds, double cpuSeconds, double peakMegabytes) {
    private static final Duration MOST = Duration.ofMinutes(5);

    /** Runs a command to its end, its output going to a file. */
    static Measured run(List<String> command, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        output.resolveSibling("stderr").toFile()));
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            double cpu = 0;
            double peak = 0;
            while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
                cpu = Math.max(cpu, cpuSeconds(process));
                peak = Math.max(peak, peakMegabytes(process));
                if (System.nanoTime() - begin > MOST.toNanos()) {
                    break;
                }
            }
            boolean ended = process.waitFor(0, TimeUnit.MILLISECONDS);
            return new Measured(ended ? process.exitValue() : -1, (System.nanoTime() - begin) / 1e9, cpu, peak);
        } finally {
            process.destroyForcibly();
        }
    }

    static double cpuSeconds(Process process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    private static double peakMegabytes(Process process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
