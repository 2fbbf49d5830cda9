package dev.muster.output;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Unit of sizes in text: 1 KB is 1024 bytes, 1 MB is 1024 KB, and so on. */
public enum SizeUnit {
    /** The exact number of bytes, without a unit. */
    BYTES(0),
    KB(10),
    MB(20),
    GB(30),
    TB(40),
    /** The largest unit, up to TB, in which the rounded value is at least 1. */
    AUTO(0);

    private static final BigDecimal STEP = BigDecimal.valueOf(1024);

    private final int shift;

    SizeUnit(int shift) {
        this.shift = shift;
    }

    /** The size in this unit: the exact value, rounded half-even to two decimals. */
    public String format(long bytes) {
        return switch (this) {
            case BYTES -> Long.toString(bytes);
            case AUTO -> automatic(bytes);
            default -> in(bytes).toPlainString() + " " + name();
        };
    }

    private BigDecimal in(long bytes) {
        return BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1L << shift), 2, RoundingMode.HALF_EVEN);
    }

    private static String automatic(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        for (SizeUnit unit : new SizeUnit[] {KB, MB, GB}) {
            if (unit.in(bytes).compareTo(STEP) < 0) {
                return unit.format(bytes);
            }
        }
        return TB.format(bytes);
    }
}
