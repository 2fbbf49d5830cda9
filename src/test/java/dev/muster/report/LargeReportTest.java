package dev.muster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports of estates of which the whole does not fit into memory a second time. */
class LargeReportTest {
    /** A list that counts how often a row is asked for. */
    private static final class Counted<T> extends AbstractList<T> {
        private final List<T> rows;
        private final int size;
        private int asked;

        Counted(List<T> rows, int size) {
            this.rows = rows;
            this.size = size;
        }

        @Override
        public T get(int index) {
            asked++;
            return rows.get(index % rows.size());
        }

        @Override
        public int size() {
            return size;
        }
    }

    @Test
    void aRowOfJsonIsMadeWhenTheOneBeforeItIsWritten() {
        AuditReport small = AuditReport.of(SampleRun.complete(), SampleRun.RUN, SampleRun.OPTIONS, List.of());
        Counted<AuditReport.BucketRow> rows = new Counted<>(small.buckets(), 10_000_000);
        AuditReport large = new AuditReport(
                small.run(),
                small.options(),
                true,
                small.total(),
                small.accounts(),
                rows,
                small.failures(),
                Optional.empty());
        StringBuilder written = new StringBuilder();

        assertThatThrownBy(() -> new JsonReport(large).write(new Full(written, 100_000)))
                .isInstanceOf(IOException.class);

        assertThat(rows.asked).isLessThan(1_000);
        assertThat(written).contains("\"bucket\": \"logs\"");
    }

    @Test
    void theFailuresOfManyAccountsAreGoneThroughOnceForCsv() {
        AuditPartial found = new AuditPartial();
        IntStream.range(0, 100).forEach(number -> found.failure(denied("account-" + number)));
        AuditReport report = AuditReport.of(found, SampleRun.RUN, SampleRun.OPTIONS, List.of());
        Counted<AuditFailure> failures =
                new Counted<>(report.failures(), report.failures().size());
        AuditReport counted = new AuditReport(
                report.run(),
                report.options(),
                false,
                report.total(),
                report.accounts(),
                report.buckets(),
                failures,
                Optional.empty());
        StringBuilder written = new StringBuilder();

        try {
            new CsvReport(counted).write(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        assertThat(written.toString().lines()).hasSize(101);
        assertThat(failures.asked).isEqualTo(100);
    }

    private static AuditFailure denied(String account) {
        return new AuditFailure(
                AuditFailure.Gap.ACCOUNT, account, null, "list the buckets", "AccessDenied", "no permission", 1);
    }

    /** A disk that is full after a number of characters. */
    private record Full(StringBuilder written, int most) implements Appendable {
        @Override
        public Appendable append(CharSequence text) throws IOException {
            return append(text, 0, text.length());
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            if (written.length() + end - start > most) {
                throw new IOException("full");
            }
            written.append(text, start, end);
            return this;
        }

        @Override
        public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
        }
    }
}
