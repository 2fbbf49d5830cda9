package dev.muster.contacts.check;

/** Problem of an alternate contact. */
public enum Problem {
    /** The account has no such contact. */
    MISSING("no contact"),
    /** A field holds only blanks or zeros, put there because AWS wants every field filled. */
    PLACEHOLDER("placeholder"),
    /** Its address is the root user's own. */
    ROOT_ADDRESS("root address"),
    /** Its address is of another domain than those asked for. */
    OTHER_DOMAIN("other domain");

    private final String words;

    Problem(String words) {
        this.words = words;
    }

    /** For tables. */
    public String words() {
        return words;
    }
}
