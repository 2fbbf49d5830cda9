package dev.muster.cli.option;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Turns the single-dash long options of the bucket-auditing script that Muster succeeds into today's. */
public final class LegacySpelling {
    private static final Set<String> OPTIONS = Set.of(
            "-numfiles",
            "-byaccount",
            "-newest",
            "-oldest",
            "-largest",
            "-smallest",
            "-sizeunit",
            "-include",
            "-exclude",
            "-profile",
            "-keyid",
            "-secret",
            "-debug",
            "-help");

    private LegacySpelling() {}

    public static List<String> modernize(String[] arguments) {
        return Arrays.stream(arguments).map(LegacySpelling::modernize).toList();
    }

    private static String modernize(String argument) {
        String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
        return OPTIONS.contains(name) ? "-" + argument : argument;
    }
}
