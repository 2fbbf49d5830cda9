package dev.muster.output;

/** Nouns after numbers. */
public final class Plural {
    private Plural() {}

    /** The noun for a number, with a regular plural. */
    public static String of(long number, String noun) {
        return number == 1 ? noun : noun + "s";
    }

    /** The number followed by its noun. */
    public static String counted(long number, String noun) {
        return number + " " + of(number, noun);
    }
}
