package dev.muster.cli.console;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Suggestions for an argument that the parser does not know. */
public final class Suggestions {
    /** Greatest number of wrong, missing or extra letters in a misspelling; with more it is another word. */
    private static final int SLIPS = 2;

    private Suggestions() {}

    /** Options or commands with a similar name; none if the argument was given as a value, after {@code --}. */
    public static List<String> of(UnmatchedArgumentException error, List<String> arguments) {
        CommandSpec command = error.getCommandLine().getCommandSpec();
        String given = error.getUnmatched().get(0).replaceFirst("=.*", "");
        if (isValue(error.getUnmatched().get(0), arguments)) {
            return List.of();
        }
        Stream<String> known = given.startsWith("-")
                ? command.options().stream().filter(option -> !option.hidden()).map(OptionSpec::longestName)
                : command.subcommands().keySet().stream();
        return closest(given, known).map(List::of).orElse(List.of());
    }

    /** The name that is most like a given one, if any is alike. */
    public static Optional<String> closest(String given, Stream<String> names) {
        return names.filter(name -> isAlike(given, name)).min(Comparator.comparingInt(name -> distance(given, name)));
    }

    /** Tells whether an argument comes after {@code --}. */
    public static boolean isValue(String argument, List<String> arguments) {
        int values = arguments.indexOf("--");
        return values >= 0 && arguments.lastIndexOf(argument) > values;
    }

    private static boolean isAlike(String given, String name) {
        boolean begun = given.length() > SLIPS && (name.startsWith(given) || given.startsWith(name));
        return begun || distance(given, name) <= Math.min(SLIPS, given.length() / 2);
    }

    /** Levenshtein distance: the number of letters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
