package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/muster with a Java that prints its arguments. */
@Tag("slow")
class LauncherTest {
    private static final String JAVA = "#!/bin/sh\nfor argument; do printf '%s\\n' \"$argument\"; done\nexit 3\n";

    @TempDir
    Path directory;

    private Path program;

    @BeforeEach
    void layOut() throws IOException {
        Path home = directory.resolve("Ann's own programs");
        program = Files.createDirectories(home.resolve("bin")).resolve("muster");
        Files.copy(Path.of("scripts/muster"), program);
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.createFile(lib.resolve("muster.jar"));
        Files.createFile(lib.resolve("muster.jsa"));
        Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void hintsNameTheProgramAsItWasCalled() throws Exception {
        assertThat(run("/usr/bin:/bin", program.toString())).contains("-Dmuster.command=" + program);
        assertThat(run(program.getParent() + ":/usr/bin:/bin", "muster")).contains("-Dmuster.command=muster");
    }

    @Test
    void aLinkIsCalledByItsOwnName() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("count"), program);

        assertThat(run("/usr/bin:/bin", link.toString())).contains("-Dmuster.command=" + link);
    }

    @Test
    void argumentsArePassedOnWhole() throws Exception {
        assertThat(run("/usr/bin:/bin", program.toString(), "audit", "a b", "*", "", "@x"))
                .endsWith("audit", "a b", "*", "", "@x");
    }

    /** The lines that Java prints. */
    private List<String> run(String path, String... command) throws Exception {
        Path output = directory.resolve("output");
        List<String> call = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\"", "sh"));
        call.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(call);
        builder.environment().put("JAVA_HOME", program.resolveSibling("../jdk").toString());
        builder.environment().put("PATH", path);
        builder.environment().remove("MUSTER_JAVA_OPTS");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        return Files.readAllLines(output, UTF_8);
    }
}
