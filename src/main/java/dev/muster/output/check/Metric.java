package dev.muster.output.check;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * Number of a report that a check can compare.
 *
 * @param value gets it from the report; null where it is not known
 */
public record Metric<R>(String name, Unit unit, Function<R, BigDecimal> value) {
    public static <R> Metric<R> of(String name, Unit unit, Function<R, Long> value) {
        return new Metric<>(name, unit, value.andThen(number -> number == null ? null : BigDecimal.valueOf(number)));
    }
}
