package dev.muster.report.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
    private static final String HEAD = "{'name': 'ours', 'date': '2026-01-01', 'currency': 'EUR', ";

    @Test
    void theBundledTableIsDatedAndHasEveryClassInEveryRegion() {
        PriceTable table = PriceTable.bundled();

        assertThat(table.date()).matches("\\d{4}-\\d{2}-\\d{2}");
        assertThat(table.regions()).hasSizeGreaterThan(30).containsKeys("us-east-1", "eu-central-1", "us-gov-west-1");
        table.regions().forEach((region, prices) -> {
            assertThat(prices.storage())
                    .as(region)
                    .containsKeys(
                            "STANDARD",
                            "STANDARD_IA",
                            "ONEZONE_IA",
                            "INTELLIGENT_TIERING",
                            "GLACIER_IR",
                            "GLACIER",
                            "DEEP_ARCHIVE");
            assertThat(prices.storage().get("STANDARD"))
                    .as(region)
                    .hasSize(3)
                    .isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(prices.transition()).as(region).containsKeys("STANDARD_IA", "GLACIER_IR");
            assertThat(prices.monitoring()).as(region).isNotNull();
            assertThat(prices.list()).as(region).isNotNull();
        });
    }

    @Test
    void aTableMayHoldOnePriceForEverything() {
        PriceTable table = table("'regions': {'*': {'storage': {'STANDARD': 0.5}}}}");

        assertThat(table.of("anywhere").orElseThrow().storage())
                .containsEntry("STANDARD", List.of(new BigDecimal("0.5")));
        assertThat(table.of((String) null)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'regions': {'a': {'storage': {'STANDARD': -1}}}} | a price of a is negative",
                "'tiers_gb': [5, 2], 'regions': {}} | tiers_gb does not ascend",
                "'tiers_gb': [5], 'regions': {'a': {'storage': {'X': [1, 2, 3]}}}} | X in a has 3 prices: give one, or 2"
                        + " for the tiers",
                "'regions': {'a': {'storage': {'X': 'much'}}}} | not a valid",
                "'regions': {'a': {'stroage': {}}}} | Unrecognized field",
                "'regions': {}} x | Unrecognized token"
            })
    void whatIsNoTableIsRefusedWithTheReason(String rest, String reason) {
        assertThatThrownBy(() -> table(rest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aTableWithoutDateIsRefused() {
        assertThatThrownBy(() -> PriceTable.parse("{}"))
                .hasMessageContaining("it has no name, date, currency or regions");
    }

    private static PriceTable table(String rest) {
        return PriceTable.parse((HEAD + rest).replace('\'', '"'));
    }
}
