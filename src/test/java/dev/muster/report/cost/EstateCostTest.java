package dev.muster.report.cost;

import static dev.muster.report.cost.SampleBuckets.VIRGINIA;
import static dev.muster.report.cost.SampleBuckets.bucket;
import static dev.muster.report.cost.SampleBuckets.cost;
import static dev.muster.report.cost.SampleBuckets.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ClassUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstateCostTest {
    private static final long KB = 1L << 10;
    private static final long GB = 1L << 30;

    /** Worked out by hand from the list prices: dollars a month of so many objects of a size. */
    @ParameterizedTest
    @CsvSource({
        // class, region, objects, bytes of each, dollars
        "STANDARD,            us-east-1,      1, 1073741824, 0.023",
        "STANDARD,            us-east-1,   8192,          1, 0.000000175", // 8 KB: no least size
        "STANDARD,            eu-central-1,   1, 1073741824, 0.0245",
        "STANDARD,            sa-east-1,      1, 1073741824, 0.0405",
        // 50 TB is the first tier, the next 450 TB are the second one
        "STANDARD,            us-east-1,  51200, 1073741824, 1177.60", // 51,200 x 0.023
        "STANDARD,            us-east-1,  51201, 1073741824, 1177.622", // and 1 x 0.022
        "STANDARD,            us-east-1, 512000, 1073741824, 11315.20", // and 460,800 x 0.022
        "STANDARD,            us-east-1, 512001, 1073741824, 11315.221", // and 1 x 0.021
        "STANDARD,            us-east-1, 614400, 1073741824, 13465.60", // and 102,400 x 0.021
        // 8,192 x 128 KB are 1 GB, of smaller objects too
        "STANDARD_IA,         us-east-1,      1, 1073741824, 0.0125",
        "STANDARD_IA,         us-east-1,   8192,     131072, 0.0125",
        "STANDARD_IA,         us-east-1,   8192,     131071, 0.0125",
        "STANDARD_IA,         us-east-1,   8192,          0, 0.0125",
        "STANDARD_IA,         us-east-1,   8192,     262144, 0.025",
        "ONEZONE_IA,          us-east-1,   8192,          1, 0.01",
        "ONEZONE_IA,          us-east-1,      1, 1073741824, 0.01",
        "GLACIER_IR,          us-east-1,   8192,          1, 0.004",
        "GLACIER_IR,          eu-west-2,      1, 1073741824, 0.005",
        // 32,768 x 32 KB are 1 GB more, and 32,768 x 8 KB are 0.25 GB at STANDARD's price, 0.00575
        "GLACIER,             us-east-1,  32768,          0, 0.00935", // 1 x 0.0036 + 0.00575
        "GLACIER,             us-east-1,  32768,      32768, 0.01295", // 2 x 0.0036 + 0.00575
        "DEEP_ARCHIVE,        us-east-1,  32768,      32768, 0.00773", // 2 x 0.00099 + 0.00575
        "DEEP_ARCHIVE,        eu-central-1, 32768,    32768, 0.009725", // 2 x 0.0018 + 0.25 x 0.0245
        // objects of 128 KB or more are monitored, at 0.0025 for a thousand
        "INTELLIGENT_TIERING, us-east-1,   8192,     131072, 0.04348", // 0.023 + 8.192 x 0.0025
        "INTELLIGENT_TIERING, us-east-1,   8192,      65536, 0.0115",
        "INTELLIGENT_TIERING, us-east-1,  51200, 1073741824, 1177.728", // 1,177.60 + 51.2 x 0.0025
        "EXPRESS_ONEZONE,     us-east-1,      1, 1073741824, 0.11"
    })
    void eachClassIsBilledByItsRules(String storageClass, String region, long objects, long bytes, BigDecimal dollars) {
        EstateCost cost = cost(bucket("b", region, Map.of(storageClass, objects(objects, bytes))));

        assertThat(month(cost)).isCloseTo(dollars, within(new BigDecimal("0.000000001")));
    }

    /**
     * "How much does Amazon S3 cost?", storage example of the <a href="https://aws.amazon.com/s3/faqs/">S3 FAQ</a>: 52,900
     * GB-months are 51,200 GB x $0.023 and 1,700 GB x $0.022, $1,215.00.
     */
    @Test
    void theStorageExampleOfTheFaqComesOut() {
        assertThat(cents(cost(bucket("b", VIRGINIA, Map.of("STANDARD", objects(52_900, GB))))))
                .isEqualTo("1,215.00");
    }

    /**
     * "How am I charged for S3 Glacier storage?" of the S3 FAQ: 100,000 objects of 1 GB are billed as 100,003.2 GB of
     * Glacier and 0.8 GB of STANDARD, in rounded GB; at $0.0036 and $0.023 that is $360.03.
     */
    @Test
    void theGlacierExampleOfTheFaqComesOut() {
        assertThat(cents(cost(bucket("b", VIRGINIA, Map.of("GLACIER", objects(100_000, GB))))))
                .isEqualTo("360.03");
    }

    /**
     * AWS Pricing Calculator, 100 GB in DEEP_ARCHIVE of 10 KB on average: 10,485,760 objects, 320 GB of overhead at $0.00099,
     * 80 GB at $0.023, and 100 GB at $0.00099: $2.2558.
     */
    @Test
    void theDeepArchiveExampleOfThePricingCalculatorComesOut() {
        EstateCost cost = cost(bucket("b", VIRGINIA, Map.of("DEEP_ARCHIVE", objects(10_485_760, 10 * KB))));

        assertThat(month(cost)).isEqualByComparingTo("2.2558");
    }

    /**
     * "Is there a minimum object storage charge for S3 Standard-IA?" of the S3 FAQ: an object of 6 KB is charged for 6 KB and
     * 122 KB more.
     */
    @Test
    void theExampleOfAnObjectOf6KbComesOut() {
        EstateCost cost = cost(bucket("b", VIRGINIA, Map.of("STANDARD_IA", objects(1, 6 * KB))));

        assertThat(month(cost)).isCloseTo(new BigDecimal("0.0000015259"), within(new BigDecimal("0.0000000001")));
    }

    /** S3 Express One Zone, example 1 of the S3 FAQ: 10 GB-months x $0.11 are $1.10. */
    @Test
    void theExpressExampleOfTheFaqComesOut() {
        assertThat(cents(cost(bucket("b", VIRGINIA, Map.of("EXPRESS_ONEZONE", objects(10, GB))))))
                .isEqualTo("1.10");
    }

    @Test
    void noncurrentVersionsAndPartsOfUploadsAreBilledToo() {
        EstateCost cost = cost(
                bucket(new BucketId("1", "b"), VIRGINIA, Map.of(), Map.of("STANDARD_IA", objects(8192, 1)), 2 * GB));

        assertThat(month(cost)).isEqualByComparingTo("0.0585"); // 0.0125 + 2 x 0.023
    }

    @Test
    void bucketsOfARegionShareItsTiers() {
        EstateCost cost = cost(
                bucket("a", VIRGINIA, Map.of("STANDARD", objects(51_200, GB))),
                bucket("b", VIRGINIA, Map.of("STANDARD", objects(51_200, GB))),
                bucket("c", "us-east-2", Map.of("STANDARD", objects(51_200, GB))));

        // 1,177.60 + 51,200 x 0.022 = 2,304.00 in the first region, half of it each
        assertThat(cost.of(new BucketId("111111111111", "a"))
                        .orElseThrow()
                        .month()
                        .orElseThrow())
                .isCloseTo(new BigDecimal("1152.00"), within(new BigDecimal("0.000001")));
        assertThat(cost.of(new BucketId("111111111111", "c"))
                        .orElseThrow()
                        .month()
                        .orElseThrow())
                .isCloseTo(new BigDecimal("1177.60"), within(new BigDecimal("0.000001")));
    }

    @Test
    void whatHasNoPriceIsNamedAndNotGuessed() {
        EstateCost cost = cost(
                bucket("a", "moon-1", Map.of("STANDARD", objects(1, GB))),
                bucket("b", VIRGINIA, Map.of("STANDARD", objects(1, GB), "REDUCED_REDUNDANCY", objects(1, GB))),
                bucket("c", null, Map.of("STANDARD", objects(1, GB))));

        MonthlyCost moon = cost.of(new BucketId("111111111111", "a")).orElseThrow();
        assertThat(moon.month()).isEmpty();
        assertThat(moon.gap()).isEqualTo("no price for region moon-1");
        assertThat(month(cost)).isEqualByComparingTo("0.023");
        assertThat(cost.of((String) null).orElseThrow().unpriced())
                .containsExactly(
                        "no price for REDUCED_REDUNDANCY in us-east-1",
                        "no price for region moon-1",
                        "no price, as the region is not known");
    }

    @Test
    void withoutPricesNothingIsSaidInMoney() {
        CostTerms terms = new CostTerms(Optional.empty(), "the server is not Amazon's", "", true, true, false);
        BilledBucket bucket = bucket(new BucketId("1", "b"), VIRGINIA, Map.of(), Map.of("STANDARD", objects(1, GB)), 0);
        EstateCost cost = new EstateCost(terms, List.of(bucket), 10);

        assertThat(cost.of((String) null)).isEmpty();
        assertThat(cost.savings()).isEmpty();
        assertThat(cost.requests()).isEmpty();
        assertThat(cost.notes()).contains("No money: the server is not Amazon's.");
        assertThat(cost.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("noncurrent_versions");
            assertThat(finding.perMonth()).isNull();
        });
    }

    @Test
    void requestsCostAsMuchAsListingsWhereTheyAreDearest() {
        EstateCost cost = new EstateCost(
                SampleBuckets.TERMS,
                List.of(bucket("a", VIRGINIA, Map.of()), bucket("b", "af-south-1", Map.of())),
                2_000);

        assertThat(cost.requests())
                .hasValueSatisfying(money -> assertThat(money).isEqualByComparingTo("0.012"));
    }

    @Provide
    Arbitrary<List<BilledBucket>> estates() {
        Arbitrary<Map<String, ClassUsage>> usage = Arbitraries.maps(
                        Arbitraries.of(
                                "STANDARD",
                                "INTELLIGENT_TIERING",
                                "STANDARD_IA",
                                "GLACIER_IR",
                                "GLACIER",
                                "DEEP_ARCHIVE"),
                        Combinators.combine(
                                        Arbitraries.longs().between(1, 1_000_000),
                                        Arbitraries.longs().between(0, 1_000 * GB))
                                .as(SampleBuckets::objects))
                .ofMaxSize(4);
        return Combinators.combine(
                        Combinators.combine(
                                        Arbitraries.of("1", "2"),
                                        Arbitraries.strings().alpha().ofLength(6))
                                .as(BucketId::new),
                        Arbitraries.of("us-east-1", "eu-central-1"),
                        usage,
                        usage,
                        Arbitraries.longs().between(0, 1_000 * GB))
                .as(SampleBuckets::bucket)
                .list()
                .ofMaxSize(8)
                .uniqueElements(BilledBucket::id);
    }

    /** The whole is what one bucket of a region with everything in it costs. */
    @Property(tries = 200)
    void costsOfPartsAddUpToTheWhole(@ForAll("estates") List<BilledBucket> estate) {
        BigDecimal whole = BigDecimal.ZERO;
        for (String region : List.of("us-east-1", "eu-central-1")) {
            BilledBucket all = estate.stream()
                    .filter(bucket -> bucket.region().equals(region))
                    .reduce(
                            bucket("all", region, Map.of()),
                            (a, b) -> new BilledBucket(a.id(), region, a.tally().plus(b.tally(), 0), true, true));
            whole = whole.add(month(cost(all)));
        }
        EstateCost cost = new EstateCost(SampleBuckets.TERMS, estate, 0);
        BigDecimal total = month(cost);
        BigDecimal buckets = estate.stream()
                .map(bucket -> cost.of(bucket.id()).orElseThrow().month().orElseThrow())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal accounts = List.of("1", "2").stream()
                .map(account -> cost.of(account).orElseThrow().month().orElseThrow())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal nothing = new BigDecimal("0.000000001");

        assertThat(total).isCloseTo(whole, within(nothing));
        assertThat(buckets).isCloseTo(total, within(nothing));
        assertThat(accounts).isCloseTo(total, within(nothing));
    }

    private static BigDecimal month(EstateCost cost) {
        return cost.of((String) null).orElseThrow().month().orElseThrow();
    }

    private static String cents(EstateCost cost) {
        return MonthlyCost.words(month(cost));
    }
}
