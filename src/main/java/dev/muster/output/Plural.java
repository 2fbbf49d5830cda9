package dev.muster.output;

import java.util.Locale;

/** Nouns after numbers. */
public final class Plural {
    private Plural() {}

    /** The noun for a number, with a regular plural. */
    public static String of(long number, String noun) {
        return number == 1 ? noun : noun + "s";
    }

    /** The number in groups of three digits, followed by its noun: {@code 2,471 objects}. */
    public static String grouped(long number, String noun) {
        return String.format(Locale.ROOT, "%,d ", number) + of(number, noun);
    }

    /** The number followed by its noun. */
    public static String counted(long number, String noun) {
        return number + " " + of(number, noun);
    }
}
