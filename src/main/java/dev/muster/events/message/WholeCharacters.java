package dev.muster.events.message;

/** Text without unpaired surrogates, which JSON can hold and no encoding of Unicode has. */
final class WholeCharacters {
    private WholeCharacters() {}

    /** The text, with each unpaired surrogate as its escape in JSON: {@code \\ud83d}. */
    static String of(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                whole.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                whole.append(String.format("\\u%04x", (int) c));
            } else {
                whole.append(c);
            }
        }
        return whole.toString();
    }
}
