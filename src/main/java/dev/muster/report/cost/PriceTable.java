package dev.muster.report.cost;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prices of storage by region. A GB is 2^30 bytes, as on AWS's bills.
 *
 * @param name of the table, for people
 * @param date on which the prices were read
 * @param currency of all prices
 * @param source the place that the prices are from; null if the table does not tell
 * @param tiersGb ends of the tiers, in GB of all that a region holds of a class; prices in tiers have one more
 * @param regions prices by region; those under {@value #ANY} are of every region without an entry of its own
 */
public record PriceTable(
        String name,
        String date,
        String currency,
        String source,
        @JsonProperty("tiers_gb") List<BigDecimal> tiersGb,
        Map<String, RegionPrices> regions) {
    private static final String BUNDLED = "s3-prices.json";
    private static final String ANY = "*";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * Prices of a region.
     *
     * @param storage of a GB in a month by storage class; several prices are those of the tiers
     * @param transition of a thousand transitions by lifecycle rules into a class
     * @param retrieval of reading a GB of a class
     * @param monitoring of a thousand monitored objects of INTELLIGENT_TIERING in a month; null if unknown
     * @param list of a thousand requests that list; null if unknown
     */
    public record RegionPrices(
            Map<String, List<BigDecimal>> storage,
            Map<String, BigDecimal> transition,
            Map<String, BigDecimal> retrieval,
            BigDecimal monitoring,
            BigDecimal list) {
        public RegionPrices {
            storage = storage == null ? Map.of() : Map.copyOf(storage);
            transition = transition == null ? Map.of() : Map.copyOf(transition);
            retrieval = retrieval == null ? Map.of() : Map.copyOf(retrieval);
        }

        private Stream<BigDecimal> prices() {
            return Stream.of(
                            storage.values().stream().flatMap(List::stream),
                            transition.values().stream(),
                            retrieval.values().stream(),
                            Stream.ofNullable(monitoring),
                            Stream.ofNullable(list))
                    .flatMap(each -> each);
        }
    }

    public PriceTable {
        if (name == null || date == null || currency == null || regions == null) {
            throw new IllegalArgumentException("it has no name, date, currency or regions");
        }
        tiersGb = tiersGb == null ? List.of() : List.copyOf(tiersGb);
        regions = Map.copyOf(regions);
        for (int i = 0; i < tiersGb.size(); i++) {
            if (tiersGb.get(i).compareTo(i == 0 ? BigDecimal.ZERO : tiersGb.get(i - 1)) <= 0) {
                throw new IllegalArgumentException("tiers_gb does not ascend");
            }
        }
        int tiers = tiersGb.size() + 1;
        regions.forEach((region, prices) -> {
            if (prices.prices().anyMatch(price -> price.signum() < 0)) {
                throw new IllegalArgumentException("a price of " + region + " is negative");
            }
            prices.storage().forEach((storageClass, inTiers) -> {
                if (inTiers.size() != 1 && inTiers.size() != tiers) {
                    throw new IllegalArgumentException(storageClass + " in " + region + " has " + inTiers.size()
                            + " prices: give one, or " + tiers + " for the tiers");
                }
            });
        });
    }

    /** The table that comes with the program: AWS's list prices. */
    public static PriceTable bundled() {
        try (InputStream in = PriceTable.class.getResourceAsStream(BUNDLED)) {
            return MAPPER.readValue(in, PriceTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the program lacks its prices: build it anew", e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it is none; the message is the reason
     */
    public static PriceTable parse(String json) {
        try {
            PriceTable table = MAPPER.readValue(json, PriceTable.class);
            if (table == null) {
                throw new IllegalArgumentException("it holds nothing");
            }
            return table;
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            throw new IllegalArgumentException(
                    cause == e ? e.getOriginalMessage().lines().findFirst().orElse("") : cause.getMessage(), e);
        }
    }

    /** The prices of a region; empty if there are none. */
    public Optional<RegionPrices> of(String region) {
        return Optional.ofNullable(region).map(regions::get).or(() -> Optional.ofNullable(regions.get(ANY)));
    }

    /** The price of so many GB of a class, held in one region for a month. */
    BigDecimal of(List<BigDecimal> prices, BigDecimal gigabytes) {
        if (prices.size() == 1) {
            return gigabytes.multiply(prices.get(0));
        }
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal begin = BigDecimal.ZERO;
        for (int i = 0; i < prices.size() && gigabytes.compareTo(begin) > 0; i++) {
            BigDecimal end = i < tiersGb.size() ? gigabytes.min(tiersGb.get(i)) : gigabytes;
            cost = cost.add(end.subtract(begin).multiply(prices.get(i)));
            begin = end;
        }
        return cost;
    }
}
