package dev.muster.report.cost;

import dev.muster.audit.prefix.PrefixNode;
import dev.muster.audit.stats.AgeClasses;
import dev.muster.audit.stats.BillingTally;
import dev.muster.audit.stats.ClassUsage;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Findings about one bucket. Only what a listing proves: it does not tell when an object was last read, nor when it came
 * into its class, so nothing is said of early deletion, and what is called untouched is unmodified.
 */
final class BucketFindings {
    /** Age in days from which an unmodified object of STANDARD is a candidate for a colder class. */
    private static final int COLD_DAYS = 90;

    /** Colder classes whose objects can be read at once, as those of STANDARD. */
    private static final List<String> COLDER = List.of("STANDARD_IA", "GLACIER_IR");

    /** Time in months within which a transition has to pay. */
    private static final BigDecimal HORIZON = BigDecimal.valueOf(12);

    /** Days of a month, as in prices that are of a month and minimums that are of days. */
    private static final BigDecimal DAYS = BigDecimal.valueOf(30);

    /** Days for which noncurrent versions are kept by the proposed rule, to undo mistakes. */
    private static final int KEPT_DAYS = 30;

    private final BilledBucket bucket;
    private final ObjectTally tally;
    private final Optional<StorageRates> rates;
    private final LifecycleRule rule;
    private final List<Finding> findings = new ArrayList<>();

    private BucketFindings(BilledBucket bucket, Optional<StorageRates> rates, LifecycleRule rule) {
        this.bucket = bucket;
        this.tally = bucket.tally();
        this.rates = rates;
        this.rule = rule;
    }

    /**
     * The findings about a bucket.
     *
     * @param rates empty if nothing is to be said in money
     * @param terms what was counted
     */
    static List<Finding> of(BilledBucket bucket, Optional<StorageRates> rates, CostTerms terms) {
        BucketFindings found = new BucketFindings(bucket, rates, new LifecycleRule(terms.prefix()));
        found.staleUploads();
        found.noncurrentVersions();
        found.expiredMarkers();
        found.smallObjects();
        found.coldObjects();
        found.emptyBucket(terms);
        found.singleObjectPrefixes();
        return found.findings;
    }

    /** In S3 Storage Lens: incomplete multipart upload bytes greater than 7 days old. */
    private void staleUploads() {
        ObjectSum stale = tally.billing().staleUploads();
        int days = BillingTally.STALE_DAYS;
        if (stale.objects() > 0) {
            add(
                    "incomplete_uploads",
                    "Incomplete multipart uploads older than " + days + " days",
                    stale,
                    rate(BillingRule.STANDARD).map(BigDecimal.valueOf(stale.bytes())::multiply),
                    "",
                    "abort them: nobody can read their parts",
                    rule.abortUploads(days));
        }
    }

    /** In S3 Storage Lens: noncurrent version bytes. */
    private void noncurrentVersions() {
        if (tally.noncurrent().objects() > 0) {
            Map<String, ClassUsage> usage = tally.billing().noncurrent();
            add(
                    "noncurrent_versions",
                    "Noncurrent versions",
                    tally.noncurrent(),
                    cost(usage),
                    "",
                    "expire them; those that have to be kept save nothing",
                    rule.expireNoncurrent(KEPT_DAYS));
        }
    }

    /** In lifecycle rules: expired object delete markers. */
    private void expiredMarkers() {
        long markers = tally.billing().expiredMarkers();
        if (markers > 0) {
            add(
                    "expired_delete_markers",
                    "Expired object delete markers",
                    new ObjectSum(markers, 0),
                    free(),
                    "at least",
                    "remove them: they mark nothing and slow listings down",
                    rule.expireMarkers());
        }
    }

    private void smallObjects() {
        tally.billing().current().forEach((storageClass, usage) -> {
            if (!BillingRule.billsMoreForSmall(storageClass) || usage.small() == 0) {
                return;
            }
            ClassUsage small = new ClassUsage(usage.small(), usage.smallBytes(), usage.small(), usage.smallBytes());
            Optional<BigDecimal> saved = rates.flatMap(known -> known.of(bucket.region(), storageClass, small)
                    .flatMap(now -> known.of(bucket.region(), BillingRule.STANDARD, small)
                            .map(now::subtract)));
            if (saved.filter(money -> money.signum() > 0).isPresent()) {
                add(
                        "small_objects",
                        "Objects below 128 KB in " + storageClass,
                        new ObjectSum(small.objects(), small.bytes()),
                        saved,
                        "",
                        "copy them to STANDARD, where they cost less; this rule lets no small ones follow",
                        rule.transition(Math.max(1, BillingRule.minimumDays(storageClass)), storageClass));
            }
        });
    }

    private void coldObjects() {
        ObjectSum cold = ObjectSum.NONE;
        BillingTally billing = tally.billing();
        for (int i = 0; i < AgeClasses.COUNT; i++) {
            if (AgeClasses.leastDays(i) >= COLD_DAYS) {
                cold = cold.plus(new ObjectSum(
                        billing.standardObjects().count(i),
                        billing.standardBytes().count(i)));
            }
        }
        ObjectSum all = cold;
        COLDER.stream()
                .flatMap(colder -> Transition.of(all, colder, this).stream())
                .filter(transition -> transition.savedWithinHorizon().signum() > 0)
                .max((a, b) -> a.savedWithinHorizon().compareTo(b.savedWithinHorizon()))
                .ifPresent(best -> add(
                        "cold_objects",
                        "STANDARD objects not modified for " + COLD_DAYS + " days, to " + best.colder(),
                        all,
                        Optional.of(best.saving()),
                        best.words(),
                        "let them move if they are hardly ever read, which a listing does not tell" + best.retrieval(),
                        rule.transition(COLD_DAYS, best.colder())));
    }

    private void emptyBucket(CostTerms terms) {
        boolean all = terms.versions() && terms.uploads() && terms.prefix().isEmpty();
        boolean empty = tally.current().objects() == 0
                && tally.noncurrent().objects() == 0
                && tally.deleteMarkers() == 0
                && tally.uploads().uploads() == 0;
        if (all && bucket.complete() && empty) {
            add(
                    "empty_buckets",
                    "Empty buckets",
                    new ObjectSum(1, 0),
                    free(),
                    "",
                    "delete those that nobody needs: they cost nothing, but count towards a quota",
                    null);
        }
    }

    private void singleObjectPrefixes() {
        long prefixes = tally.prefixes().map(totals -> single(totals.tree())).orElse(0L);
        if (prefixes > 0) {
            add(
                    "single_object_prefixes",
                    "Prefixes of a single object",
                    new ObjectSum(prefixes, 0),
                    free(),
                    "among those named",
                    "none; they cost nothing, but a request each for those who list by prefix",
                    null);
        }
    }

    private static long single(PrefixNode node) {
        long below = node.children().stream().mapToLong(BucketFindings::single).sum();
        boolean one =
                node.level() > 0 && node.children().isEmpty() && node.total().objects() == 1;
        return below + (one ? 1 : 0);
    }

    private void add(
            String kind,
            String title,
            ObjectSum amount,
            Optional<BigDecimal> money,
            String note,
            String remedy,
            Map<String, Object> lifecycle) {
        findings.add(new Finding(
                kind,
                title,
                bucket.id().account(),
                bucket.id().bucket(),
                amount.objects(),
                amount.bytes(),
                money.orElse(null),
                note,
                remedy,
                lifecycle));
    }

    private Optional<BigDecimal> free() {
        return rates.map(known -> BigDecimal.ZERO);
    }

    private Optional<BigDecimal> rate(String storageClass) {
        return rates.flatMap(known -> known.rate(bucket.region(), storageClass));
    }

    private Optional<BigDecimal> cost(Map<String, ClassUsage> usage) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, ClassUsage> each : usage.entrySet()) {
            Optional<BigDecimal> cost =
                    rates.flatMap(known -> known.of(bucket.region(), each.getKey(), each.getValue()));
            if (cost.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(cost.get());
        }
        return Optional.of(sum);
    }

    /**
     * A move of objects to a colder class.
     *
     * @param now cost in a month where they are
     * @param then cost in a month where they would be
     * @param move cost of the move
     * @param reading price of reading a GB; null if it is not known
     */
    private record Transition(String colder, BigDecimal now, BigDecimal then, BigDecimal move, BigDecimal reading) {
        static Optional<Transition> of(ObjectSum objects, String colder, BucketFindings at) {
            BigDecimal bytes = BigDecimal.valueOf(objects.bytes());
            Optional<BigDecimal> now = at.rate(BillingRule.STANDARD).map(bytes::multiply);
            Optional<BigDecimal> then = at.rate(colder).map(bytes::multiply);
            Optional<PriceTable.RegionPrices> prices = at.rates.flatMap(known -> known.prices(at.bucket.region()));
            Optional<BigDecimal> move = prices.map(known -> known.transition().get(colder))
                    .map(price -> StorageRates.perThousand(objects.objects(), price));
            if (now.isEmpty() || then.isEmpty() || move.isEmpty()) {
                return Optional.empty();
            }
            BigDecimal reading = prices.get().retrieval().get(colder);
            return Optional.of(new Transition(colder, now.get(), then.get(), move.get(), reading));
        }

        BigDecimal saving() {
            return now.subtract(then);
        }

        BigDecimal savedWithinHorizon() {
            return saving().multiply(HORIZON).subtract(move);
        }

        /**
         * Months that an object has to be kept from the move on for the move to have paid. An object that is deleted
         * within the least time of its class is billed for that time.
         */
        BigDecimal paysAfter() {
            BigDecimal least =
                    BigDecimal.valueOf(BillingRule.minimumDays(colder)).divide(DAYS, MathContext.DECIMAL64);
            BigDecimal kept = move.divide(saving(), MathContext.DECIMAL64);
            return kept.compareTo(least) >= 0
                    ? kept
                    : move.add(then.multiply(least)).divide(now, MathContext.DECIMAL64);
        }

        String words() {
            return "pays after " + paysAfter().setScale(1, RoundingMode.UP) + " months; move "
                    + MonthlyCost.words(move);
        }

        String retrieval() {
            return reading == null ? "" : "; reading a GB costs " + reading.toPlainString() + " there";
        }
    }
}
