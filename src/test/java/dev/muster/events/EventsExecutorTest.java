package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.EventsPartial.EventsFailure;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.Flush;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EventsExecutorTest {
    private static final ReceivedMessage MESSAGE =
            new ReceivedMessage(new ReceiptHandle("m", "handle"), "body", 1, 0, Optional.empty());

    /** Delivers one message at each receive. */
    private static class OneByOne implements MessageSource {
        @Override
        public CompletableFuture<ReceiveResult> receive(int max) {
            return CompletableFuture.completedFuture(new ReceiveResult(List.of(MESSAGE), false, Map.of()));
        }

        @Override
        public CompletableFuture<List<AckResult>> delete(Collection<ReceiptHandle> receipts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<List<AckResult>> extend(Collection<ReceiptHandle> receipts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<List<AckResult>> release(Collection<ReceiptHandle> receipts) {
            throw new UnsupportedOperationException();
        }
    }

    /** Holds what it is given until it gives it back. */
    private static class Holding implements DayFileRouter {
        private int held;

        @Override
        public CompletableFuture<Integer> add(String destination, List<InFlightMessage> inFlightTable) {
            held += inFlightTable.size();
            return CompletableFuture.completedFuture(held);
        }

        @Override
        public CompletableFuture<Flush> write(String destination, Duration timeout) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Flush> release(String destination, Duration timeout) {
            Flush.Progress progress = new Flush.Progress(List.of(), 0, 0, 0, 0, 0, held, held);
            return CompletableFuture.completedFuture(new Flush(Optional.empty(), progress));
        }

        @Override
        public void close() {}
    }

    /** Its messages are nowhere else. */
    private static final class Log extends OneByOne {
        @Override
        public Optional<String> leftOut() {
            return Optional.of("stopped after line 1");
        }
    }

    private boolean endsWhenFull;
    private final BackPressureLimiter backPressure =
            new LocalBackPressure(100, 1000, destination -> BackPressureLimiter.FlushAt.NEVER);

    @Test
    void whatIsGivenBackAtTheEndIsCounted() {
        EventsExecutor executor = executor(new OneByOne(), new Holding());
        executor.execute(new EventsTask.Poll(0)).join();
        executor.execute(new EventsTask.Poll(0)).join();

        executor.close();

        assertThat(executor.leftOver().count(EventCount.RELEASED)).isEqualTo(2);
        assertThat(backPressure.holding()).isEmpty();
    }

    @Test
    void aStopThatLeavesOutWhatNobodyElseReceivesIsAFailure() {
        assertThat(afterStop(new Log()).counts().failures())
                .containsExactly(new EventsFailure("reading the input", "Stopped", "stopped after line 1"));
        assertThat(afterStop(new OneByOne()).counts().failures()).isEmpty();
    }

    @Test
    void messagesThatAreLeftToTheQueueTellNothingOfOthers() {
        EventsExecutor executor = executor(new OneByOne(), new Holding(), (message, counts) -> Optional.empty());
        assertThat(executor.execute(new EventsTask.Poll(0)).join())
                .isInstanceOfSatisfying(EventsResult.Polled.class, polled -> assertThat(polled.answer())
                        .isEqualTo(Answer.LEFT_ONLY));
    }

    @Test
    void aDryRunThatCanHoldNoMoreHasNotSeenTheQueueToItsEnd() {
        endsWhenFull = true;
        EventsExecutor executor = executor(new OneByOne(), new Holding());
        backPressure.add("20220404", 100, 0, 0);

        EventsResult.Polled polled =
                (EventsResult.Polled) executor.execute(new EventsTask.Poll(0)).join();

        assertThat(polled.answer()).isEqualTo(Answer.END);
        assertThat(polled.counts().failures())
                .extracting(EventsFailure::code)
                .containsExactly(EventsFailure.NOT_DRAINED);
    }

    @Test
    void receivesThatTakeMuchLongerThanTheFastestAreSlow() {
        EventsExecutor.ReceiveSpeed speed = new EventsExecutor.ReceiveSpeed();
        assertThat(speed.asEver(Duration.ofMillis(300).toNanos())).isTrue();
        assertThat(speed.asEver(Duration.ofMillis(600).toNanos())).isTrue();
        assertThat(speed.asEver(Duration.ofMillis(700).toNanos())).isFalse();
        assertThat(speed.asEver(Duration.ofMillis(20).toNanos())).isTrue();
        assertThat(speed.asEver(Duration.ofMillis(300).toNanos())).isFalse();
    }

    @Test
    void whereTooManyMessagesAreInFlightWhatIsHeldIsToBeWritten() {
        Failure limit = new Failure(Failure.Kind.THROTTLED, "OverLimit", "too many messages in flight");
        EventsExecutor executor = executor(
                new OneByOne() {
                    @Override
                    public CompletableFuture<ReceiveResult> receive(int max) {
                        return CompletableFuture.failedFuture(new TaskException(limit));
                    }
                },
                new Holding());
        assertThat(executor.execute(new EventsTask.Poll(0)).join())
                .isInstanceOfSatisfying(EventsResult.Polled.class, polled -> assertThat(polled.answer())
                        .isEqualTo(Answer.NO_ROOM));
    }

    @Test
    void aReleaseThatTakesTooLongIsNotTriedAgain() {
        EventsExecutor executor = executor(new OneByOne(), new Holding() {
            @Override
            public CompletableFuture<Flush> release(String destination, Duration timeout) {
                return CompletableFuture.failedFuture(new TimeoutException("no answer"));
            }
        });
        assertThatThrownBy(() ->
                        executor.execute(new EventsTask.Release("20220404")).join())
                .cause()
                .isInstanceOfSatisfying(
                        TaskException.class,
                        e -> assertThat(e.failure().kind().retriable()).isFalse());
    }

    private EventsResult afterStop(MessageSource messageSource) {
        EventsExecutor executor = executor(messageSource, new Holding());
        executor.stop(Duration.ofMinutes(1));
        return executor.execute(new EventsTask.Poll(0)).join();
    }

    private EventsExecutor executor(MessageSource messageSource, DayFileRouter dayFiles) {
        return executor(
                messageSource,
                dayFiles,
                (message, counts) -> Optional.of(new MessageRouter.Placed(
                        "20220404", new InFlightMessage(message.receipt(), new Content.Line("line")))));
    }

    private EventsExecutor executor(MessageSource messageSource, DayFileRouter dayFiles, MessageRouter router) {
        return new EventsExecutor(
                new MessageIntake(
                        messageSource,
                        () -> CompletableFuture.completedFuture(null),
                        new MessageLimit(Long.MAX_VALUE),
                        endsWhenFull),
                router,
                new MessageSink(dayFiles, backPressure, Duration.ofMinutes(1)));
    }
}
