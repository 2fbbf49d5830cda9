package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.TaskException;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.day.Content;
import dev.muster.events.day.Flush;
import dev.muster.events.day.Parcel;
import dev.muster.events.queue.AckResult;
import dev.muster.events.queue.Delivery;
import dev.muster.events.queue.Inbox;
import dev.muster.events.queue.Receipt;
import dev.muster.events.queue.Received;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EventsExecutorTest {
    private static final Received MESSAGE = new Received(new Receipt("m", "handle"), "body", 1, 0);

    /** Delivers one message at each receive. */
    private static class OneByOne implements Inbox {
        @Override
        public CompletableFuture<Delivery> receive(int max) {
            return CompletableFuture.completedFuture(new Delivery(List.of(MESSAGE), false, Map.of()));
        }

        @Override
        public CompletableFuture<List<AckResult>> delete(Collection<Receipt> receipts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<List<AckResult>> extend(Collection<Receipt> receipts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<List<AckResult>> release(Collection<Receipt> receipts) {
            throw new UnsupportedOperationException();
        }
    }

    /** Holds what it is given until it gives it back. */
    private static class Holding implements DayFiles {
        private int held;

        @Override
        public CompletableFuture<Integer> add(String destination, List<Parcel> parcels) {
            held += parcels.size();
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

    private final Holdings holdings = new LocalHoldings(100, 1000, destination -> Holdings.FlushAt.NEVER);

    @Test
    void whatIsGivenBackAtTheEndIsCounted() {
        EventsExecutor executor = executor(new OneByOne(), new Holding());
        executor.execute(new EventsTask.Poll(0)).join();
        executor.execute(new EventsTask.Poll(0)).join();

        executor.close();

        assertThat(executor.leftOver().count(Count.RELEASED)).isEqualTo(2);
        assertThat(holdings.holding()).isEmpty();
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

    private EventsResult afterStop(Inbox inbox) {
        EventsExecutor executor = executor(inbox, new Holding());
        executor.stop(Duration.ofMinutes(1));
        return executor.execute(new EventsTask.Poll(0)).join();
    }

    private EventsExecutor executor(Inbox inbox, DayFiles dayFiles) {
        return executor(
                inbox,
                dayFiles,
                (message, counts) -> Optional.of(
                        new Sorter.Placed("20220404", new Parcel(message.receipt(), new Content.Line("line")))));
    }

    private EventsExecutor executor(Inbox inbox, DayFiles dayFiles, Sorter sorter) {
        return new EventsExecutor(
                inbox, sorter, dayFiles, holdings, Answer.NO_ROOM, Long.MAX_VALUE, Duration.ofMinutes(1));
    }
}
