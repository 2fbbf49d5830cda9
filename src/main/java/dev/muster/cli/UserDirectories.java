package dev.muster.cli;

import java.nio.file.Path;

/** Where a user's files belong: the XDG base directories, and their like on Windows. */
final class UserDirectories {
    private UserDirectories() {}

    static Path config() {
        return base("XDG_CONFIG_HOME", "APPDATA", ".config");
    }

    static Path state() {
        return base("XDG_STATE_HOME", "LOCALAPPDATA", ".local/state");
    }

    private static Path base(String xdg, String windows, String fallback) {
        for (String variable : new String[] {xdg, windows}) {
            String value = System.getenv(variable);
            if (value != null && !value.isBlank()) {
                return Path.of(value, "muster");
            }
        }
        return Path.of(System.getProperty("user.home"), fallback, "muster");
    }
}
