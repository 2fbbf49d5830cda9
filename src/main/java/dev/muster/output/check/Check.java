package dev.muster.output.check;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Condition under which a command fails: the name of a number, an operator, and a number with or without a unit. */
public final class Check<R> {
    private static final Pattern GRAMMAR = Pattern.compile(
            "\\s*([A-Za-z][A-Za-z_]*)\\s*([<>=!]+)\\s*([+-]?\\d{1,30}(?:\\.\\d{1,30})?)\\s*([A-Za-z]*)\\s*");

    /** Result of a check. */
    public enum Outcome {
        /** The condition is not met: all is well. */
        PASSED,
        FAILED,
        /** The number is not known. */
        UNKNOWN
    }

    private enum Operator {
        GREATER(">"),
        AT_LEAST(">="),
        LESS("<"),
        AT_MOST("<="),
        EQUAL("=="),
        UNEQUAL("!=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        static Optional<Operator> of(String symbol) {
            String exact = symbol.equals("=") ? EQUAL.symbol : symbol;
            return Arrays.stream(values())
                    .filter(operator -> operator.symbol.equals(exact))
                    .findFirst();
        }

        boolean holds(BigDecimal value, BigDecimal bound) {
            int order = value.compareTo(bound);
            return switch (this) {
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case UNEQUAL -> order != 0;
            };
        }
    }

    private final String text;
    private final Metric<R> metric;
    private final Operator operator;
    private final BigDecimal bound;

    private Check(String text, Metric<R> metric, Operator operator, BigDecimal bound) {
        this.text = text;
        this.metric = metric;
        this.operator = operator;
        this.bound = bound;
    }

    /**
     * Reads a check.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong and what to give
     */
    public static <R> Check<R> parse(String text, List<Metric<R>> metrics) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no check: give NAME OPERATOR NUMBER, such as 'bytes > 10TB'; names are " + names(metrics));
        }
        Metric<R> metric = metrics.stream()
                .filter(known -> known.name().equals(parts.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no number " + parts.group(1) + " to check; there are " + names(metrics)));
        Operator operator = Operator.of(parts.group(2))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\": there is no operator " + parts.group(2) + "; give one of " + operators()));
        BigDecimal factor = metric.unit()
                .factor(parts.group(4))
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + text + "\": " + parts.group(4) + " is no unit of "
                                + metric.name() + "; give " + metric.unit().example()));
        return new Check<>(text.strip(), metric, operator, new BigDecimal(parts.group(3)).multiply(factor));
    }

    private static String names(List<? extends Metric<?>> metrics) {
        return metrics.stream().map(Metric::name).collect(joining(", "));
    }

    private static String operators() {
        return Arrays.stream(Operator.values()).map(operator -> operator.symbol).collect(joining(" "));
    }

    /** The name of the number that is compared. */
    public String name() {
        return metric.name();
    }

    public Outcome of(R report) {
        BigDecimal value = metric.value().apply(report);
        if (value == null) {
            return Outcome.UNKNOWN;
        }
        return operator.holds(value, bound) ? Outcome.FAILED : Outcome.PASSED;
    }

    /** Sentence about a check that failed, or could not be made. */
    public String sentence(R report) {
        BigDecimal value = metric.value().apply(report);
        return value == null
                ? "cannot check " + text + ": " + metric.name() + " is not known"
                : "check failed: " + text + ": it is " + metric.unit().format(value);
    }
}
