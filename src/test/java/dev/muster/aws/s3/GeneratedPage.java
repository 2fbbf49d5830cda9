package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Pages as servers might write them: keys in order, any order of other elements, any way of escaping, entries alike or each its own way, with what else the XML rules allow. */
final class GeneratedPage {
    private static final String[] PIECES = {
        "a",
        "z",
        "/",
        "=",
        " ",
        "+",
        "%",
        "%41",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "\n",
        "\t",
        "]]>",
        "\u0416",
        "\ud83d\ude00",
        "\u00e9",
        "\uffee",
        "key",
        "2024-01-01",
        "\u007f",
        "\u0085",
        "\u2028"
    };

    /** What long keys share; the first ones look the same however a page is encoded. */
    private static final String[] SHARED_PIECES = {"a", "/", "key", "2024-01-01", "=", "%41", "+", "&"};

    private static final int ALWAYS_PLAIN = 4;

    private final Random random;
    private final boolean uniform;
    private final long layoutSeed;
    private Random layout;
    private final boolean encoded;
    private final String prefix;

    /** What keys begin with, all or in part; empty for most pages. */
    private final List<String> directory = new ArrayList<>();

    GeneratedPage(long seed) {
        random = new Random(seed);
        uniform = random.nextBoolean();
        layoutSeed = random.nextLong();
        layout = new Random(layoutSeed);
        encoded = random.nextBoolean();
        prefix = random.nextInt(4) == 0 ? "s3:" : "";
        int kinds = random.nextBoolean() ? ALWAYS_PLAIN : SHARED_PIECES.length;
        for (int i = random.nextBoolean() ? 10 + random.nextInt(60) : 0; i > 0; i--) {
            directory.add(SHARED_PIECES[random.nextInt(kinds)]);
        }
    }

    byte[] body() {
        List<String> parts = entries();
        for (String other : others()) {
            parts.add(uniform ? parts.size() : random.nextInt(parts.size() + 1), other);
        }
        String attribute = prefix.isEmpty()
                ? " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\""
                : " xmlns:s3='http://s3.amazonaws.com/doc/2006-03-01/'";
        String declaration = random.nextInt(4) == 0 ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + space();
        return (declaration + "<" + prefix + "ListBucketResult" + attribute + ">" + space()
                        + String.join(space(), parts) + "</" + prefix + "ListBucketResult>")
                .getBytes(UTF_8);
    }

    private List<String> entries() {
        Set<ObjectKey> keys = new TreeSet<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            keys.add(ObjectKey.of(key()));
        }
        List<String> entries = new ArrayList<>();
        keys.forEach(key -> entries.add(contents(key.text())));
        return entries;
    }

    private List<String> others() {
        List<String> others = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            others.add(element("CommonPrefixes", element("Prefix", text(key()))));
        }
        others.add(element("IsTruncated", random.nextBoolean() ? "true" : "false"));
        others.add(element("Name", "bucket"));
        others.add(random.nextBoolean() ? element("Prefix", "") : "<" + prefix + "Prefix/>");
        if (encoded) {
            others.add(element("EncodingType", "url"));
        }
        return others;
    }

    private String contents(String key) {
        if (uniform) {
            layout = new Random(layoutSeed);
        }
        List<String> parts = new ArrayList<>(List.of(
                element("Key", text(key)),
                element("Size", Long.toString(random.nextLong(1L << random.nextInt(1, 45)))),
                element("LastModified", timestamp())));
        if (layout.nextBoolean()) {
            parts.add(element("ETag", layout.nextBoolean() ? "&quot;abc&quot;" : "\"abc\""));
        }
        if (layout.nextBoolean()) {
            parts.add(element("StorageClass", random.nextInt(3) == 0 ? "GLACIER" : "STANDARD"));
        }
        if (layout.nextBoolean()) {
            parts.add(element("Owner", element("ID", "1") + space() + element("DisplayName", "x&amp;y")));
        }
        if (layout.nextInt(3) == 0) {
            parts.add(element("RestoreStatus", element("IsRestoreInProgress", "false")));
            parts.add("<" + prefix + "Unknown a='1' b=\"&lt;\"/>");
        }
        Collections.shuffle(parts, layout);
        return element("Contents", space() + String.join(space(), parts) + space());
    }

    private String timestamp() {
        String fraction = new String[] {"", ".000", ".123", ".123456", ".5"}[random.nextInt(5)];
        LocalDate day = LocalDate.of(random.nextInt(1600, 2500), 1, 1).plusDays(random.nextInt(366));
        return String.format(
                "%sT%02d:%02d:%02d%sZ", day, random.nextInt(24), random.nextInt(60), random.nextInt(60), fraction);
    }

    private String key() {
        int shared = random.nextInt(4) == 0 ? random.nextInt(directory.size() + 1) : directory.size();
        StringBuilder key = new StringBuilder(String.join("", directory.subList(0, shared)));
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            key.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return key.toString();
    }

    private String text(String key) {
        String text = encoded ? URLEncoder.encode(key, UTF_8).replace("%2F", "/") : key;
        return random.nextInt(4) == 0 && !text.contains("]]>") ? "<![CDATA[" + text + "]]>" : escaped(text);
    }

    private String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        int oneIn = directory.isEmpty() ? 8 : 400;
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append(random.nextBoolean() ? "&quot;" : "\"");
                default -> {
                    if (random.nextInt(oneIn) == 0) {
                        escaped.append(
                                random.nextBoolean()
                                        ? "&#" + codePoint + ";"
                                        : "&#x" + Integer.toHexString(codePoint) + ";");
                    } else {
                        escaped.appendCodePoint(codePoint);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private String element(String name, String content) {
        String end = layout.nextInt(10) == 0 ? " >" : ">";
        return "<" + prefix + name + end + content + "</" + prefix + name + end;
    }

    private String space() {
        return new String[] {"", "", "", "\n  ", "\r\n", "<!-- a - comment -->", "<?note x?>"}[layout.nextInt(7)];
    }
}
