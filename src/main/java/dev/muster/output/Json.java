package dev.muster.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/**
 * Writes JSON with the bytes of Python's {@code json.dumps} with its defaults: {@code ", "} and {@code ": "} as
 * separators, and ASCII only, as other characters are escaped per UTF-16 unit. Files that Python programs have written
 * can be merged with ours line by line.
 */
public final class Json {
    private static final String HEX = "0123456789abcdef";

    private Json() {}

    /** One value as text, see {@link #write}. */
    public static String dumps(Object value) {
        StringBuilder out = new StringBuilder();
        try {
            write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /**
     * Writes one value, with no line end.
     *
     * @param value null, a Boolean, String, Integer, Long, BigInteger, Double, a Map with String keys, or an Iterable
     *     of such values; written in iteration order
     * @throws IllegalArgumentException for a value of another type
     */
    public static void write(Appendable out, Object value) throws IOException {
        if (value instanceof String text) {
            string(out, text);
        } else if (value instanceof Map<?, ?> map) {
            object(out, map);
        } else if (value instanceof Iterable<?> items) {
            array(out, items);
        } else if (value instanceof Double number) {
            out.append(PythonFloat.repr(number));
        } else if (isExact(value)) {
            out.append(String.valueOf(value));
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private static boolean isExact(Object value) {
        return value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
    }

    private static void object(Appendable out, Map<?, ?> map) throws IOException {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(out, (String) entry.getKey());
            out.append(": ");
            write(out, entry.getValue());
            separator = ", ";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private static void array(Appendable out, Iterable<?> items) throws IOException {
        String separator = "";
        out.append('[');
        for (Object item : items) {
            out.append(separator);
            write(out, item);
            separator = ", ";
        }
        out.append(']');
    }

    private static void string(Appendable out, String text) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(out, text.charAt(i));
        }
        out.append('"');
    }

    private static void character(Appendable out, char c) throws IOException {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c >= ' ' && c <= '~') {
                    out.append(c);
                } else {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(HEX.charAt(c >> shift & 0xF));
                    }
                }
            }
        }
    }

    /** Floating point numbers as Python's {@code repr} prints them: the shortest digits that read back as the same number. */
    static final class PythonFloat {
        private static final int MOST_DIGITS = 17;

        /** Below a power of two, doubles are closer together: the nearest decimal may miss while a farther one fits. */
        private static final RoundingMode[] NEAREST_FIRST = {RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP
        };

        private PythonFloat() {}

        static String repr(double number) {
            if (!Double.isFinite(number)) {
                return Double.toString(number);
            }
            if (number == 0) {
                return 1 / number < 0 ? "-0.0" : "0.0";
            }
            return (number < 0 ? "-" : "") + layOut(shortest(Math.abs(number)));
        }

        /** Before Java 19, Double.toString sometimes prints more digits than needed (JDK-4511638). */
        private static BigDecimal shortest(double number) {
            BigDecimal exact = new BigDecimal(number);
            for (int digits = 1; digits < MOST_DIGITS; digits++) {
                for (RoundingMode mode : NEAREST_FIRST) {
                    BigDecimal candidate = exact.round(new MathContext(digits, mode));
                    if (candidate.doubleValue() == number) {
                        return candidate.stripTrailingZeros();
                    }
                }
            }
            return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN))
                    .stripTrailingZeros();
        }

        private static String layOut(BigDecimal number) {
            String digits = number.unscaledValue().toString();
            int exponent = digits.length() - number.scale() - 1;
            if (exponent >= -4 && exponent < 16) {
                String plain = number.toPlainString();
                return plain.contains(".") ? plain : plain + ".0";
            }
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            return digits.charAt(0)
                    + fraction
                    + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
    }
}
