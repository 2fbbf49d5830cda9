package dev.muster.report.cost;

import dev.muster.audit.stats.ClassUsage;
import dev.muster.report.cost.PriceTable.RegionPrices;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prices of a byte in each region and class, once it is known how much there is in all: the tiers of STANDARD are those of
 * all that a region holds. Every byte of a class has its average price, so that the costs of parts add up to the whole.
 */
final class StorageRates {
    static final BigDecimal GB = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private final PriceTable table;
    /** Price of a byte for a month by region, empty for an unknown one, and class. */
    private final Map<String, Map<String, BigDecimal>> perByte = new HashMap<>();

    private StorageRates(PriceTable table) {
        this.table = table;
    }

    static StorageRates of(PriceTable table, Collection<BilledBucket> buckets) {
        Map<String, Map<String, BigDecimal>> billed = new HashMap<>();
        for (BilledBucket bucket : buckets) {
            Map<String, BigDecimal> inRegion = billed.computeIfAbsent(name(bucket.region()), any -> new HashMap<>());
            usage(bucket).forEach((storageClass, usage) -> BillingRule.bytes(storageClass, usage)
                    .forEach((priced, bytes) -> inRegion.merge(priced, bytes, BigDecimal::add)));
            inRegion.merge(
                    BillingRule.STANDARD,
                    BigDecimal.valueOf(bucket.tally().uploads().bytes()),
                    BigDecimal::add);
        }
        StorageRates rates = new StorageRates(table);
        billed.forEach((region, bytes) ->
                rates.prices(region).ifPresent(prices -> rates.perByte.put(region, rates.perByte(prices, bytes))));
        return rates;
    }

    private Map<String, BigDecimal> perByte(RegionPrices prices, Map<String, BigDecimal> bytes) {
        Map<String, BigDecimal> rates = new HashMap<>();
        prices.storage().forEach((storageClass, inTiers) -> {
            BigDecimal total = bytes.getOrDefault(storageClass, BigDecimal.ZERO);
            BigDecimal rate = total.signum() == 0
                    ? inTiers.get(0).divide(GB, MathContext.DECIMAL128)
                    : table.of(inTiers, total.divide(GB, MathContext.UNLIMITED)).divide(total, MathContext.DECIMAL128);
            rates.put(storageClass, rate);
        });
        return rates;
    }

    /** All objects of a bucket that are billed by class: current ones, and noncurrent versions. */
    private static SortedMap<String, ClassUsage> usage(BilledBucket bucket) {
        SortedMap<String, ClassUsage> usage =
                new TreeMap<>(bucket.tally().billing().current());
        bucket.tally()
                .billing()
                .noncurrent()
                .forEach((storageClass, more) -> usage.merge(storageClass, more, ClassUsage::plus));
        return usage;
    }

    Optional<RegionPrices> prices(String region) {
        return table.of(name(region).isEmpty() ? null : region);
    }

    /** The cost of a bucket. */
    MonthlyCost of(BilledBucket bucket) {
        MonthlyCost cost = of(bucket.region(), usage(bucket));
        BigDecimal parts = BigDecimal.valueOf(bucket.tally().uploads().bytes());
        return parts.signum() == 0
                ? cost
                : rate(bucket.region(), BillingRule.STANDARD)
                        .map(rate -> cost.plus(new MonthlyCost(new TreeMap<>(), parts.multiply(rate), new TreeSet<>())))
                        .orElseGet(() -> cost.plus(unpriced(bucket.region(), BillingRule.STANDARD)));
    }

    /** The cost of objects in a region by class. */
    MonthlyCost of(String region, SortedMap<String, ClassUsage> usage) {
        MonthlyCost cost = MonthlyCost.NONE;
        for (Map.Entry<String, ClassUsage> each : usage.entrySet()) {
            if (each.getValue().objects() > 0) {
                String storageClass = each.getKey();
                cost = cost.plus(of(region, storageClass, each.getValue())
                        .map(money -> new MonthlyCost(
                                new TreeMap<>(Map.of(storageClass, money)), BigDecimal.ZERO, new TreeSet<>()))
                        .orElseGet(() -> unpriced(region, storageClass)));
            }
        }
        return cost;
    }

    /** The cost of objects of a class; empty if a price is missing. */
    Optional<BigDecimal> of(String region, String storageClass, ClassUsage usage) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> billed :
                BillingRule.bytes(storageClass, usage).entrySet()) {
            Optional<BigDecimal> rate = rate(region, billed.getKey());
            if (rate.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(billed.getValue().multiply(rate.get()));
        }
        long monitored = BillingRule.monitored(storageClass, usage);
        if (monitored == 0) {
            return Optional.of(sum);
        }
        BigDecimal stored = sum;
        return prices(region).map(RegionPrices::monitoring).map(price -> stored.add(perThousand(monitored, price)));
    }

    /** The price of a byte of a class for a month; empty if there is none. */
    Optional<BigDecimal> rate(String region, String storageClass) {
        return Optional.ofNullable(perByte.getOrDefault(name(region), Map.of()).get(storageClass));
    }

    /** The price of requests, in the region where they cost most; empty if it is not known of all regions. */
    Optional<BigDecimal> requests(long requests, Collection<String> regions) {
        List<Optional<BigDecimal>> prices = regions.stream()
                .distinct()
                .map(region -> prices(region).map(RegionPrices::list))
                .toList();
        return prices.stream().allMatch(Optional::isPresent)
                ? prices.stream()
                        .flatMap(Optional::stream)
                        .max(BigDecimal::compareTo)
                        .map(dearest -> perThousand(requests, dearest))
                : Optional.empty();
    }

    static BigDecimal perThousand(long number, BigDecimal price) {
        return BigDecimal.valueOf(number).multiply(price).divide(THOUSAND, MathContext.UNLIMITED);
    }

    private MonthlyCost unpriced(String region, String storageClass) {
        String what = prices(region).isEmpty()
                ? (name(region).isEmpty() ? "no price, as the region is not known" : "no price for region " + region)
                : "no price for " + storageClass + (name(region).isEmpty() ? "" : " in " + region);
        return new MonthlyCost(new TreeMap<>(), BigDecimal.ZERO, new TreeSet<>(List.of(what)));
    }

    private static String name(String region) {
        return region == null ? "" : region;
    }
}
