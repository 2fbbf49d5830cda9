package dev.muster.cli.console;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Suggestions for an argument that the parser does not know. */
public final class Suggestions {
    /** So many letters too many, missing or wrong are a slip; with more it is another word. */
    private static final int SLIPS = 2;

    private Suggestions() {}

    /** At best one option that is spelt alike; else what the parser suggests. */
    public static List<String> of(UnmatchedArgumentException error) {
        CommandSpec command = error.getCommandLine().getCommandSpec();
        String given = error.getUnmatched().get(0).replaceFirst("=.*", "");
        String option = given.startsWith("-") ? given : "--" + given;
        int slips = given.startsWith("-") ? SLIPS : 0;
        return command.options().stream()
                .filter(candidate -> !candidate.hidden())
                .map(OptionSpec::longestName)
                .filter(name -> distance(option, name) <= slips)
                .min(Comparator.comparingInt(name -> distance(option, name)))
                .map(List::of)
                .orElseGet(error::getSuggestions);
    }

    /** The Levenshtein distance: how many letters to insert, delete or replace. */
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
