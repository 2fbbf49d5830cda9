package dev.muster.cli.option;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Directories for a user's files: the XDG base directories, or those of Windows. Empty for a user without a home, as in
 * some containers.
 *
 * @param environment the process's environment variables
 */
public record UserDirectories(Map<String, String> environment) {
    public UserDirectories {
        requireNonNull(environment, "environment is null");
    }

    Optional<Path> config() {
        return base("XDG_CONFIG_HOME", "APPDATA", ".config");
    }

    public Optional<Path> state() {
        return base("XDG_STATE_HOME", "LOCALAPPDATA", ".local/state");
    }

    private Optional<Path> base(String xdg, String windows, String fallback) {
        for (String variable : new String[] {xdg, windows}) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                return Optional.of(Path.of(value, "muster"));
            }
        }
        return home().map(home -> home.resolve(fallback).resolve("muster"));
    }

    /**
     * The home directory: Java asks the user database, and returns {@code ?} for unknown users, for whom {@code HOME}
     * may still be set.
     */
    private Optional<Path> home() {
        return Stream.of(environment.getOrDefault("HOME", ""), System.getProperty("user.home", ""))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .findFirst();
    }
}
