package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDirectoriesTest {
    @Test
    void filesAreInTheBaseDirectoriesThatTheUserSets() {
        UserDirectories directories =
                new UserDirectories(Map.of("XDG_STATE_HOME", "/s", "XDG_CONFIG_HOME", "/c", "HOME", "/h"));

        assertThat(directories.state()).contains(Path.of("/s/muster"));
        assertThat(directories.config()).contains(Path.of("/c/muster"));
    }

    @Test
    void theHomeIsTheOneOfTheEnvironment() {
        UserDirectories directories = new UserDirectories(Map.of("HOME", "/h"));

        assertThat(directories.state()).contains(Path.of("/h/.local/state/muster"));
        assertThat(directories.config()).contains(Path.of("/h/.config/muster"));
    }

    @Test
    void aUserWhomNobodyKnowsHasNoDirectories() {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", "?");
        try {
            assertThat(new UserDirectories(Map.of()).state()).isEmpty();
            assertThat(new UserDirectories(Map.of("HOME", "")).config()).isEmpty();
        } finally {
            System.setProperty("user.home", home);
        }
    }
}
