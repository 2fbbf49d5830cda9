package dev.muster.report.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.output.check.Check;
import dev.muster.output.check.Check.Outcome;
import dev.muster.output.check.Unit;
import dev.muster.report.saved.GeneratedReports;
import dev.muster.report.saved.GeneratedReports.Bucket;
import dev.muster.report.saved.SavedReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    /** Two objects of 2 TB. */
    private static final SavedReport REPORT = GeneratedReports.of(
            Instant.parse("2026-03-01T00:00:00Z"), List.of(new Bucket("111111111111", "b", 2L, 2L << 40, "STANDARD")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes > 1TB",
                "bytes>1.5T",
                "bytes >= 2TiB",
                "bytes = 2199023255552",
                "bytes == 2048 gb",
                "bytes != 0B",
                "objects < 3",
                "objects <= 2",
                "buckets > 0.5",
                "empty_buckets == 0",
                "elapsed_seconds > -1"
            })
    void aConditionThatHoldsFailsTheRun(String check) {
        assertThat(Check.parse(check, AuditMetrics.ALL).of(REPORT)).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes > 2TB", "bytes < 2TB", "bytes != 2TB", "objects >= 3", "failures > 0"})
    void aConditionThatDoesNotHoldLetsItPass(String check) {
        assertThat(Check.parse(check, AuditMetrics.ALL).of(REPORT)).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aNumberThatIsNotKnownIsNeitherGoodNorBad() {
        Check<SavedReport> check = Check.parse("noncurrent_bytes > 1TB", AuditMetrics.ALL);

        assertThat(check.of(REPORT)).isEqualTo(Outcome.UNKNOWN);
        assertThat(check.sentence(REPORT))
                .isEqualTo("cannot check noncurrent_bytes > 1TB: noncurrent_bytes is not known");
    }

    @Test
    void theSentenceOfAFailedCheckGivesTheNumber() {
        assertThat(Check.parse(" bytes > 1TB ", AuditMetrics.ALL).sentence(REPORT))
                .isEqualTo("check failed: bytes > 1TB: it is 2.00 TB (2199023255552 bytes)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes               | is no check: give NAME OPERATOR NUMBER, such as 'bytes > 10TB'; names are objects,",
                "bytes > many        | is no check",
                "> 10                | is no check",
                "''                  | is no check",
                "bytes > 1TB or 2TB  | is no check",
                "bites > 1           | there is no number bites to check; there are objects, bytes,",
                "bytes => 1          | there is no operator =>; give one of > >= < <= == !=",
                "bytes <> 1          | there is no operator <>",
                "bytes > 1XB         | XB is no unit of bytes; give a size such as 500GB",
                "objects > 1K        | K is no unit of objects; give a number such as 1000",
            })
    void whatIsNoCheckIsToldWithWhatToGive(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Check.parse(text, AuditMetrics.ALL))
                .withMessageContaining(message);
    }

    @Test
    void sizesAreReadAsPeopleWriteThem() {
        assertThat(Unit.bytes("10TB")).contains(10L << 40);
        assertThat(Unit.bytes("1.5k")).contains(1536L);
        assertThat(Unit.bytes("7")).contains(7L);
        assertThat(Unit.bytes("8E")).isEmpty();
        assertThat(Unit.bytes("-1")).isEmpty();
        assertThat(Unit.bytes("TB")).isEmpty();
    }
}
