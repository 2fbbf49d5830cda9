package dev.muster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Answers and files as broken programs, proxies and disks make them of good ones. The same seed gives the same. */
public final class Mutation {
    private static final Pattern VALUE = Pattern.compile("(?<=>)[^<>]+(?=<)|(?<=[:=] ?)\"?[^\"<>{}\\[\\],\\s]+\"?");
    private static final Pattern ELEMENT = Pattern.compile("<(\\w+)>[^<]*</\\1>|\"\\w+\" ?: ?(\"[^\"]*\"|\\d+),?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern NAME = Pattern.compile("(?<=</?)\\w+|(?<=\")\\w+(?=\" ?:)");
    private static final String[] VALUES = {
        "",
        " ",
        "-1",
        "99999999999999999999999",
        "NaN",
        "null",
        "true",
        "[]",
        "{}",
        "&#x0;",
        "\u00ff\u00fe",
        "\\ud800",
        "1e999",
        "2024-13-45T99:99:99Z",
        "../..",
        "\r\n",
        "%",
        "%zz",
        "a".repeat(5000)
    };

    private final Random random;

    public Mutation(long seed) {
        this.random = new Random(seed);
    }

    /** One to three changes. */
    public byte[] of(byte[] good) {
        String text = new String(good, ISO_8859_1);
        for (int i = 1 + random.nextInt(3); i > 0 && !text.isEmpty(); i--) {
            text = changed(text);
        }
        return text.getBytes(ISO_8859_1);
    }

    private String changed(String text) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(40));
        int at = random.nextInt(text.length());
        String piece = text.substring(from, to);
        return switch (random.nextInt(12)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(0, from) + text.substring(to);
            case 2 -> text.substring(0, at) + piece + text.substring(at);
            case 3 -> text.substring(0, from) + (char) random.nextInt(256) + text.substring(from + 1);
            case 4 -> replaced(text, NUMBER, random.nextBoolean() ? "-7" : "9".repeat(1 + random.nextInt(30)));
            case 5 -> replaced(text, ELEMENT, "");
            case 6 -> replaced(text, NAME, "Other");
            case 7 -> replaced(text, ELEMENT, null);
            case 8 -> text.substring(at) + text.substring(0, at);
            default -> replaced(text, VALUE, VALUES[random.nextInt(VALUES.length)]);
        };
    }

    /** With one of the places that match another text, or doubled. */
    private String replaced(String text, Pattern places, String by) {
        MatchResult[] found = places.matcher(text).results().toArray(MatchResult[]::new);
        if (found.length == 0) {
            return text;
        }
        MatchResult place = found[random.nextInt(found.length)];
        String instead = by == null ? place.group() + place.group() : by;
        return text.substring(0, place.start()) + instead + text.substring(place.end());
    }
}
