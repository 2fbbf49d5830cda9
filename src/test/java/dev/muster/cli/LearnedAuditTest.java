package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedAuditTest {
    private static final Estate ESTATE = Estate.of(PracticeBucket.of("large", new SequentialKeys(9_000)));

    private static PracticeCloud cloud;

    @TempDir
    Path home;

    private Path learned;

    @BeforeAll
    static void startCloud() {
        cloud = PracticeCloud.start(ESTATE);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @BeforeEach
    void know() {
        learned = home.resolve("state/muster/learned");
    }

    @Test
    void whatIsLearnedOfALargeBucketIsKeptUnlessUnwanted() throws IOException {
        assertThat(audit("--no-learn").code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(learned).doesNotExist();

        Files.createDirectories(home.resolve("config/muster"));
        Path configuration = Files.writeString(home.resolve("config/muster/muster.conf"), "muster.audit.learn = false");
        assertThat(audit().code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(learned).doesNotExist();

        Files.delete(configuration);
        assertThat(audit().code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(learned).isDirectoryContaining("glob:**.json");
        assertThat(audit().stdout()).contains("9000");
    }

    @Test
    void whereNothingCanBeKeptOneWarningSaysSo() throws IOException {
        Files.createDirectories(learned.getParent());
        Files.createFile(learned);

        CapturedConsole.Result result = audit();

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("muster: warning: what was learned")
                .contains("--no-learn");
    }

    private CapturedConsole.Result audit(String... options) {
        String[] command = new String[options.length + 1];
        command[0] = "audit";
        System.arraycopy(options, 0, command, 1, options.length);
        return new CapturedConsole(home).run(CapturedConsole.on(cloud, ESTATE, command));
    }
}
