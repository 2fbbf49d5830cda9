package dev.muster.events.message;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as Python's {@code repr} prints them: the shortest digits that read back as the same double, the nearest of
 * those, an exponent below 1e-4 and from 1e16 on.
 */
final class PythonFloat {
    private static final int MAX_DIGITS = 17;

    private PythonFloat() {}

    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        return sign + magnitude(Math.abs(value));
    }

    private static String magnitude(double value) {
        if (value == 0) {
            return "0.0";
        }
        BigDecimal shortest = shortest(value).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        return exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : plain(digits, exponent);
    }

    /** Not {@code Double.toString}: before Java 19 it printed more digits than needed now and then. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP}) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                if (rounded.doubleValue() == value) {
                    return rounded;
                }
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return "%s%se%s%02d".formatted(digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String plain(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        int whole = exponent + 1;
        if (digits.length() <= whole) {
            return digits + "0".repeat(whole - digits.length()) + ".0";
        }
        return digits.substring(0, whole) + "." + digits.substring(whole);
    }
}
