package dev.muster.report.cost;

import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ClassUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cost of all buckets of a report, and the findings about them. */
public final class EstateCost {
    private final CostTerms terms;
    private final Optional<StorageRates> rates;
    private final SortedMap<BucketId, MonthlyCost> buckets = new TreeMap<>();
    private final SortedMap<String, MonthlyCost> accounts = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final BigDecimal requestCost;
    private final boolean intelligentTiering;

    /**
     * The cost of buckets.
     *
     * @param requests number of requests of the run that counted them
     */
    public EstateCost(CostTerms terms, List<BilledBucket> all, long requests) {
        this.terms = terms;
        List<BilledBucket> counted = all.stream().filter(BilledBucket::counted).toList();
        this.rates = terms.prices().map(table -> StorageRates.of(table, counted));
        for (BilledBucket bucket : counted) {
            rates.map(known -> known.of(bucket)).ifPresent(cost -> {
                buckets.put(bucket.id(), cost);
                accounts.merge(bucket.id().account(), cost, MonthlyCost::plus);
            });
            if (!terms.filtered()) {
                findings.addAll(BucketFindings.of(bucket, rates, terms));
            }
        }
        findings.sort(Comparator.comparing(
                (Finding finding) -> finding.perMonth() == null ? BigDecimal.ZERO : finding.perMonth(),
                Comparator.reverseOrder()));
        List<String> regions = new ArrayList<>();
        all.forEach(bucket -> regions.add(bucket.region()));
        this.requestCost =
                rates.flatMap(known -> known.requests(requests, regions)).orElse(null);
        this.intelligentTiering = counted.stream()
                .anyMatch(bucket -> bucket.tally().storageClasses().containsKey(BillingRule.INTELLIGENT_TIERING));
    }

    public CostTerms terms() {
        return terms;
    }

    /** The findings, the dearest first. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Sum of all that the findings save in a month at most; empty without prices. */
    public Optional<BigDecimal> savings() {
        return rates.map(known -> findings.stream()
                .map(Finding::perMonth)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** The most that the run's own requests cost: as if all of them were listings, where those cost most. */
    public Optional<BigDecimal> requests() {
        return Optional.ofNullable(requestCost);
    }

    /** The cost of a bucket; empty without prices, and if it was not counted. */
    public Optional<MonthlyCost> of(BucketId bucket) {
        return Optional.ofNullable(buckets.get(bucket));
    }

    /** The cost of an account, or with null of all; empty without prices. */
    public Optional<MonthlyCost> of(String account) {
        return rates.map(known -> account == null
                ? accounts.values().stream().reduce(MonthlyCost.NONE, MonthlyCost::plus)
                : accounts.getOrDefault(account, MonthlyCost.NONE));
    }

    /** The cost of the current objects of a part of a bucket; empty without prices. */
    public Optional<BigDecimal> of(String region, SortedMap<String, ClassUsage> usage) {
        return rates.flatMap(known -> known.of(region, usage).month());
    }

    /** Remarks on the numbers, a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        terms.prices()
                .ifPresentOrElse(
                        table -> notes.add("A month of what is stored now, by " + table.name() + " of " + table.date()
                                + "; no discounts, requests or transfers."),
                        () -> notes.add("No money: " + terms.withoutPrices() + "."));
        if (!terms.versions() || !terms.uploads()) {
            notes.add("Without "
                    + (terms.versions() ? "" : "noncurrent versions (--versions)")
                    + (terms.versions() || terms.uploads() ? "" : " and ")
                    + (terms.uploads() ? "" : "incomplete uploads (--uploads)") + ", which are billed too.");
        }
        if (terms.prices().isPresent() && intelligentTiering) {
            notes.add("INTELLIGENT_TIERING costs that much at most: a listing does not tell its access tiers, and all"
                    + " is taken to be in the first.");
        }
        if (terms.filtered()) {
            notes.add("No findings: only some of the objects were counted.");
        }
        return notes;
    }

    /** The table of prices, and the sums of all, as JSON. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("prices", terms.prices().map(PriceTable::name).orElse(null));
        fields.put("prices_date", terms.prices().map(PriceTable::date).orElse(null));
        fields.put("currency", terms.prices().map(PriceTable::currency).orElse(null));
        fields.put("requests", requests().map(MonthlyCost::number).orElse(null));
        fields.put("savings", savings().map(MonthlyCost::number).orElse(null));
        fields.put("notes", notes());
        return fields;
    }
}
