package dev.muster.aws.s3.xml;

/** The entity and character references of XML. */
final class XmlReferences {
    private XmlReferences() {}

    /**
     * The code point that a reference stands for, even if XML forbids it.
     *
     * @param name the text between {@code &} and {@code ;}
     * @return -1 if it stands for no code point
     */
    static int codePoint(String name) {
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> numeric(name);
        };
    }

    private static int numeric(String name) {
        boolean hex = name.startsWith("#x");
        String digits = name.startsWith("#") ? name.substring(hex ? 2 : 1) : "";
        int value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length() && value >= 0; i++) {
            int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), hex ? 16 : 10) : -1;
            value = digit < 0 || value > Character.MAX_CODE_POINT ? -1 : value * (hex ? 16 : 10) + digit;
        }
        return value > Character.MAX_CODE_POINT ? -1 : value;
    }
}
