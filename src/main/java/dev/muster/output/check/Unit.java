package dev.muster.output.check;

import dev.muster.output.SizeUnit;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of numbers that checks compare, and the units in which they are given. */
public enum Unit {
    /** A number of things. */
    COUNT("a number such as 1000"),
    /** Bytes; 1 KB is 1024 bytes. */
    BYTES("a size such as 500GB or 1.5TB") {
        @Override
        Optional<BigDecimal> factor(String suffix) {
            String unit = suffix.toUpperCase(Locale.ROOT).replaceFirst("I?B$", "");
            int power = unit.isEmpty() ? 0 : "KMGTPE".indexOf(unit) + 1;
            return unit.length() > 1 || (power == 0 && !unit.isEmpty())
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(1L << (10 * power)));
        }

        @Override
        String format(BigDecimal value) {
            String exact = value.toPlainString() + " bytes";
            boolean small = value.abs().compareTo(BigDecimal.valueOf(1024)) < 0;
            String sign = value.signum() < 0 ? "-" : "";
            return small ? exact : sign + SizeUnit.AUTO.format(value.abs().longValue()) + " (" + exact + ")";
        }
    },
    DAYS("days such as 30") {
        @Override
        Optional<BigDecimal> factor(String suffix) {
            return suffix.equals("d") ? Optional.of(BigDecimal.ONE) : super.factor(suffix);
        }
    },
    SECONDS("seconds such as 600"),
    /** In the currency of the prices. */
    MONEY("an amount such as 500");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,30}(?:\\.\\d{1,30})?)\\s*([A-Za-z]*)");

    private final String example;

    Unit(String example) {
        this.example = example;
    }

    /** A size as people give it; empty if it is none, or beyond what a number of bytes can be. */
    public static Optional<Long> bytes(String text) {
        Matcher parts = SIZE.matcher(text.strip());
        return parts.matches()
                ? BYTES.factor(parts.group(2))
                        .map(new BigDecimal(parts.group(1))::multiply)
                        .filter(size -> size.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                        .map(BigDecimal::longValue)
                : Optional.empty();
    }

    /** A value that can be given, in words. */
    String example() {
        return example;
    }

    /** The number of ones that a suffix stands for; empty if it is none of this unit. */
    Optional<BigDecimal> factor(String suffix) {
        return suffix.isEmpty() ? Optional.of(BigDecimal.ONE) : Optional.empty();
    }

    String format(BigDecimal value) {
        return value.toPlainString();
    }
}
