package dev.muster.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a user's files belong: the XDG base directories, and their like on Windows.
 *
 * @param environment the process's environment variables
 */
record UserDirectories(Map<String, String> environment) {
    UserDirectories {
        requireNonNull(environment, "environment is null");
    }

    Path config() {
        return base("XDG_CONFIG_HOME", "APPDATA", ".config");
    }

    Path state() {
        return base("XDG_STATE_HOME", "LOCALAPPDATA", ".local/state");
    }

    private Path base(String xdg, String windows, String fallback) {
        for (String variable : new String[] {xdg, windows}) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                return Path.of(value, "muster");
            }
        }
        return Path.of(System.getProperty("user.home"), fallback, "muster");
    }
}
