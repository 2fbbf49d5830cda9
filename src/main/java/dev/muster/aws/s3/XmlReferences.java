package dev.muster.aws.s3;

/** The entity and character references of XML. */
final class XmlReferences {
    private XmlReferences() {}

    /**
     * The code point that a reference stands for, given what is between {@code &} and {@code ;}.
     *
     * @throws MalformedPageException if it stands for none, or for one that XML forbids
     */
    static int codePoint(String name) {
        int codePoint =
                switch (name) {
                    case "amp" -> '&';
                    case "lt" -> '<';
                    case "gt" -> '>';
                    case "quot" -> '"';
                    case "apos" -> '\'';
                    default -> numeric(name);
                };
        if (!XmlBytes.isCharacter(codePoint)) {
            throw new MalformedPageException("a reference to a character that XML forbids: " + name);
        }
        return codePoint;
    }

    private static int numeric(String name) {
        boolean hex = name.startsWith("#x");
        String digits = name.startsWith("#") ? name.substring(hex ? 2 : 1) : "";
        int value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length() && value >= 0; i++) {
            int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), hex ? 16 : 10) : -1;
            value = digit < 0 || value > Character.MAX_CODE_POINT ? -1 : value * (hex ? 16 : 10) + digit;
        }
        if (value < 0) {
            throw new MalformedPageException("an unknown entity: " + name);
        }
        return value;
    }
}
