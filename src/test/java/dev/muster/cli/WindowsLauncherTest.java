package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * scripts/muster.cmd under Wine's cmd, with a Java that prints its arguments. Needs Wine, which reads a percent sign among
 * the arguments twice and does not learn the exit code of a Java that is a script: of these, a Windows has to tell.
 */
@Tag("slow")
class WindowsLauncherTest {
    /** Wine's own files, which take it a while to lay out. */
    private static final Path WINE = Path.of("target/wine").toAbsolutePath();

    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
                -version) exit 0 ;;
                *-XX:ArchiveClassesAtExit*) : >"$0.prepared"; exit 0 ;;
            esac
            for argument; do printf '%s\\n' "$argument"; done
            exit 3
            """;

    @TempDir
    Path directory;

    private Path program;
    private Path java;

    @BeforeAll
    static void prepareWine() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/wine")), "there is no Wine");
        wine(List.of("wineboot", "--init"));
    }

    @BeforeEach
    void layOut() throws IOException {
        Path home = directory.resolve("Ann's own programs");
        program = Files.createDirectories(home.resolve("bin")).resolve("muster.cmd");
        Files.writeString(program, windows(Files.readString(Path.of("scripts/muster.cmd"))));
        Files.createFile(Files.createDirectories(home.resolve("lib")).resolve("muster.jar"));
        java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java.exe");
        Files.writeString(java, JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void argumentsReachJavaAsTheyWereGiven() throws IOException, InterruptedException {
        Answer answer = run(
                "audit \"a b\" \"bang!\" \"car^et\" it's \"(x)\" \"a&b\" --include=logs-* \"C:\\Program Files\\x\"");

        List<String> arguments = answer.lines();
        assertThat(arguments.subList(arguments.indexOf("-jar") + 2, arguments.size()))
                .containsExactly(
                        "audit",
                        "a b",
                        "bang!",
                        "car^et",
                        "it's",
                        "(x)",
                        "a&b",
                        "--include=logs-*",
                        "C:\\Program Files\\x");
        assertThat(arguments.get(arguments.indexOf("-jar") + 1)).endsWith("\\Ann's own programs\\lib\\muster.jar");
    }

    @Test
    void onlyWhatRunsWaitsForAPreparation() throws IOException, InterruptedException {
        Path prepared = java.resolveSibling("java.exe.prepared");

        run("audit --help");
        run("--version");
        assertThat(prepared).doesNotExist();

        run("audit");
        assertThat(prepared).exists();
    }

    @Test
    void aMissingJavaIsToldWithItsRemedy() throws IOException, InterruptedException {
        Files.delete(java);

        Answer answer = call("audit");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.lines()).last().asString().contains("cannot run", "java.exe", "JAVA_HOME");
    }

    /** Hands over to the launcher from a script. */
    private Answer run(String arguments) throws IOException, InterruptedException {
        return script(launcher() + arguments);
    }

    /** Calls the launcher from a script, which goes on with its exit code. */
    private Answer call(String arguments) throws IOException, InterruptedException {
        return script("call " + launcher() + arguments + "\nexit %ERRORLEVEL%");
    }

    private String launcher() {
        return '"' + onDrive(program) + "\" ";
    }

    private Answer script(String text) throws IOException, InterruptedException {
        String home = onDrive(java.getParent().getParent());
        Path script = Files.writeString(
                directory.resolve("call.cmd"), windows("@echo off\nset \"JAVA_HOME=" + home + "\"\n" + text + "\n"));
        return wine(List.of("cmd", "/c", onDrive(script)));
    }

    /** The path of a file on the drive that Wine keeps for the root directory. */
    private static String onDrive(Path file) {
        return "Z:" + file.toString().replace('/', '\\');
    }

    private static String windows(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }

    private static Answer wine(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/wine").redirectErrorStream(true);
        builder.command().addAll(command);
        builder.environment().keySet().removeAll(Set.of("DISPLAY", "JAVA_HOME", "MUSTER_JAVA_OPTS"));
        builder.environment().put("WINEPREFIX", WINE.toString());
        builder.environment().put("WINEDEBUG", "-all");
        builder.environment().put("WINEDLLOVERRIDES", "mscoree,mshtml=");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return new Answer(process.exitValue(), lines);
    }

    private record Answer(int code, List<String> lines) {}
}
