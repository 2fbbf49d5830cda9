package dev.muster.output;

/** Nouns beside numbers. */
public final class Plural {
    private Plural() {}

    /** The noun for that many, where its plural is regular. */
    public static String of(long number, String noun) {
        return number == 1 ? noun : noun + "s";
    }

    /** The number, and the noun for that many. */
    public static String counted(long number, String noun) {
        return number + " " + of(number, noun);
    }
}
