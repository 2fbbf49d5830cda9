package dev.muster.events.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.queue.MessageSource.ReceiveResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogSourceTest {
    private static final MetricLine FORMAT = new MetricLine("host", ZoneId.of("America/Los_Angeles"));
    private static final String LINE = "2022-04-04 22:45:55,436 CHANNEL=SIP/630, name=filterdial\n";

    /** Says nothing until it is told to end, and notices that it is closed. */
    private static final class Idle extends Reader {
        private final CountDownLatch read = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean closed;

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            read.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aByteOrderMarkBelongsToNoLine() throws Exception {
        ReceiveResult delivery = messageSource(new StringReader("\uFEFF" + LINE + LINE), Runnable::run)
                .receive(10)
                .get();

        assertThat(delivery.messages()).hasSize(2);
        assertThat(delivery.rejected()).isEmpty();
    }

    @Test
    void anInputThatSaysNothingMoreDoesNotHoldUpTheEnd() throws Exception {
        Idle input = new Idle();
        LogSource messageSource = messageSource(input, ForkJoinPool.commonPool());
        CompletableFuture<ReceiveResult> reading = messageSource.receive(10);
        assertThat(input.read.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture.runAsync(messageSource::close).get(10, TimeUnit.SECONDS);

        assertThat(input.closed).isFalse();
        input.end.countDown();
        assertThat(reading.get(10, TimeUnit.SECONDS).end()).isTrue();
        messageSource.close();
        assertThat(input.closed).isTrue();
    }

    @Test
    void whatAStopLeavesOutBeginsAfterTheLastLineThatWasDelivered() {
        LogSource messageSource = messageSource(new StringReader(LINE.repeat(5)), Runnable::run);
        assertThat(messageSource.leftOut())
                .hasValueSatisfying(words -> assertThat(words).startsWith("stopped after line 0, "));
        messageSource.receive(2).join();
        messageSource.receive(1).join();
        assertThat(messageSource.leftOut())
                .hasValueSatisfying(words -> assertThat(words).startsWith("stopped after line 3, "));
    }

    @Test
    void anInputThatBreaksIsNamedByTheLastLineThatWasDelivered() {
        Reader broken = new Reader() {
            private boolean begun;

            @Override
            public int read(char[] into, int offset, int length) throws IOException {
                if (begun) {
                    throw new IOException("gone");
                }
                begun = true;
                String lines = LINE.repeat(3);
                lines.getChars(0, lines.length(), into, offset);
                return lines.length();
            }

            @Override
            public void close() {}
        };
        LogSource messageSource = messageSource(broken, Runnable::run);
        messageSource.receive(2).join();
        assertThatThrownBy(() -> messageSource.receive(2).join()).hasMessageContaining("failed after line 2: gone");
    }

    private static LogSource messageSource(Reader input, Executor blocking) {
        return new LogSource(new BufferedReader(input), FORMAT, blocking);
    }
}
