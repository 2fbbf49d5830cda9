package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.audit.ObjectFilter;
import dev.muster.cli.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FilterOptionsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "4096,4096", "10K,10240", "10k,10240", "1M,1048576", "2GiB,2147483648", "1TB,1099511627776"})
    void aSizeMayHaveABinaryUnit(String text, long bytes) {
        assertThat(parse("--max-size=" + text).maxSize()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"12h,12", "30d,720", "2w,336", "1y,8760"})
    void anAgeHasAUnit(String text, long hours) {
        assertThat(parse("--older-than=" + text).olderThan().orElseThrow().age())
                .isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void aDayBeginsInUtcAndATimeHasAnOffset() {
        assertThat(parse("--newer-than=2024-01-31").newerThan().orElseThrow().date())
                .isEqualTo(Instant.parse("2024-01-31T00:00:00Z"));
        assertThat(parse("--newer-than=2024-01-31T02:00:00+02:00")
                        .newerThan()
                        .orElseThrow()
                        .date())
                .isEqualTo(Instant.parse("2024-01-31T00:00:00Z"));
    }

    @Test
    void namesAreSeparatedByCommas() {
        ObjectFilter filter =
                parse("--storage-class=STANDARD,GLACIER", "--key-include=*.log,*.gz", "--key-exclude=tmp/*");

        assertThat(filter.storageClasses()).isEqualTo(List.of("STANDARD", "GLACIER"));
        assertThat(filter.keyInclude()).isEqualTo(List.of("*.log", "*.gz"));
        assertThat(filter.keyExclude()).isEqualTo(List.of("tmp/*"));
    }

    @Test
    void withoutAnOptionEveryObjectCounts() {
        assertThat(parse()).isEqualTo(ObjectFilter.NONE);
    }

    /** Months and minutes have one letter, and who mistakes one for the other gets another total. */
    @ParameterizedTest
    @CsvSource({"6m", "30", "yesterday", "2024-02-30", "-3d", "2024-01-31T02:00:00"})
    void anAgeThatCannotBeReadIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> parse("--older-than=" + text))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("--older-than is " + text + ": give an age such as 30d");
    }

    @ParameterizedTest
    @CsvSource({"10X", "-1", "1.5G", "K", "9999999P", "99999999999999999999"})
    void aSizeThatCannotBeReadIsRefused(String text) {
        assertThatThrownBy(() -> parse("--min-size=" + text))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("--min-size is " + text + ": give ");
    }

    @Test
    void whatNothingCanMatchIsRefused() {
        assertThatThrownBy(() -> parse("--min-size=2K", "--max-size=1K")).hasMessageContaining("no size is both");
        assertThatThrownBy(() -> parse("--older-than=30d", "--newer-than=20d"))
                .hasMessageContaining("no object is both");
        assertThatThrownBy(() -> parse("--key-include=")).hasMessageContaining("empty name");
    }

    @Test
    void incompleteUploadsHaveNoSizeToGoBy() {
        FilterOptions options = options("--min-size=1K");

        assertThatThrownBy(() -> options.validate(true)).hasMessageContaining("--uploads");
        options.validate(false);
        options("--older-than=30d").validate(true);
    }

    private static ObjectFilter parse(String... arguments) {
        return options(arguments).filter();
    }

    private static FilterOptions options(String... arguments) {
        FilterOptions options = new FilterOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
