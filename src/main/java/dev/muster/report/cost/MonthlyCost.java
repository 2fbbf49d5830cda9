package dev.muster.report.cost;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Cost of what is stored now, for a month. Costs of parts add up to the cost of the whole.
 *
 * @param classes by storage class, noncurrent versions included
 * @param uploads of the parts of incomplete uploads
 * @param unpriced what has no price, in words; not in the sums
 */
public record MonthlyCost(SortedMap<String, BigDecimal> classes, BigDecimal uploads, SortedSet<String> unpriced) {
    static final MonthlyCost NONE = new MonthlyCost(new TreeMap<>(), BigDecimal.ZERO, new TreeSet<>());

    public MonthlyCost {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        unpriced = Collections.unmodifiableSortedSet(new TreeSet<>(unpriced));
    }

    MonthlyCost plus(MonthlyCost other) {
        SortedMap<String, BigDecimal> sum = new TreeMap<>(classes);
        other.classes.forEach((name, cost) -> sum.merge(name, cost, BigDecimal::add));
        SortedSet<String> all = new TreeSet<>(unpriced);
        all.addAll(other.unpriced);
        return new MonthlyCost(sum, uploads.add(other.uploads), all);
    }

    /** The sum; empty where nothing of it has a price. */
    public Optional<BigDecimal> month() {
        BigDecimal sum = classes.values().stream().reduce(uploads, BigDecimal::add);
        boolean nothing = classes.isEmpty() && uploads.signum() == 0 && !unpriced.isEmpty();
        return nothing ? Optional.empty() : Optional.of(sum);
    }

    /** List of all that is missing in the sum, in words; null if nothing is. */
    public String gap() {
        return unpriced.isEmpty() ? null : unpriced.stream().collect(joining(", "));
    }

    /** An amount for people, to the cent: {@code 1,234.50}. */
    public static String words(BigDecimal amount) {
        boolean less = amount.signum() > 0 && amount.compareTo(new BigDecimal("0.005")) < 0;
        return less ? "<0.01" : String.format(Locale.ROOT, "%,.2f", amount.setScale(2, RoundingMode.HALF_EVEN));
    }

    /** An amount for programs: to a millionth. */
    public static Double number(BigDecimal amount) {
        return amount.setScale(6, RoundingMode.HALF_EVEN).doubleValue();
    }
}
