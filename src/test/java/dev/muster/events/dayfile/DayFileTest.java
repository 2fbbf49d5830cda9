package dev.muster.events.dayfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.DurableStore.MergeCounts;
import dev.muster.events.dayfile.DurableStore.Stored;
import dev.muster.events.queue.MessageSource.AckResult.Outcome;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DayFileTest {
    private static final Duration VISIBILITY = Duration.ofSeconds(80);
    private static final Failure SLOW_DOWN = new Failure(Failure.Kind.TRANSIENT, "SlowDown", "later");

    private static ActorTestKit kit;
    private static ManualTime time;

    private final FakeSource messageSource = new FakeSource();
    private final Deque<CompletableFuture<Stored>> stores = new ArrayDeque<>();
    private final List<Collection<Content>> written = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private TestProbe<Integer> added;
    private TestProbe<Flush> flushes;
    private ActorRef<DayFile.Command> dayFile;

    @BeforeAll
    static void startActors() {
        kit = ActorTestKit.create(ManualTime.config());
        time = ManualTime.get(kit.system());
    }

    @AfterAll
    static void endActors() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void start() {
        added = kit.createTestProbe();
        flushes = kit.createTestProbe();
        dayFile = kit.spawn(DayFile.create(this::store, messageSource, VISIBILITY, clock::get));
    }

    @Test
    void aMessageIsDeletedOnlyOnceItsLineIsDurable() {
        CompletableFuture<Stored> store = willStore();
        add("a", "1");
        write();
        add("b", "1");
        assertThat(messageSource.deleted).isEmpty();

        store.complete(merged(1));

        assertThat(answer().progress().deleted()).isEqualTo(1);
        assertThat(messageSource.deleted).containsExactly(new ReceiptHandle("a", "1"));
    }

    @Test
    void aFailedWriteDeletesNothingAndIsRepeatedWithAllThatIsHeld() {
        willStore().completeExceptionally(new TaskException(SLOW_DOWN));
        willStore().complete(merged(2));
        add("a", "1");
        write();
        assertThat(answer().failure()).contains(SLOW_DOWN);
        assertThat(messageSource.deleted).isEmpty();
        add("b", "1");

        write();

        assertThat(answer().progress().deleted()).isEqualTo(2);
        assertThat(written.get(1)).containsExactly(line("a"), line("b"));
    }

    @Test
    void aFailedDeleteEntryIsRepeatedWithoutWritingAgain() {
        willStore().complete(merged(2));
        ReceiptHandle stubborn = new ReceiptHandle("a", "1");
        messageSource.deletes.put(stubborn, Outcome.FAILED);
        add("a", "1");
        add("b", "1");
        write();
        assertThat(answer().failure()).contains(FakeSource.BROKEN);
        messageSource.deletes.clear();

        write();

        Flush.Progress progress = answer().progress();
        assertThat(progress.deleted()).isEqualTo(2);
        assertThat(progress.deleteFailures()).isEqualTo(1);
        assertThat(progress.stored()).hasSize(1);
        assertThat(written).hasSize(1);
        assertThat(messageSource.deleted).containsExactly(stubborn, new ReceiptHandle("b", "1"), stubborn);
    }

    @Test
    void aMessageThatComesTwiceIsOneLineAndIsDeletedByItsLatestReceipt() {
        willStore().complete(merged(1));
        add("a", "1");
        assertThat(add("a", "2")).isEqualTo(1);
        write();
        Flush.Progress progress = answer().progress();
        assertThat(progress.gone()).isEqualTo(2);
        assertThat(progress.duplicates()).isEqualTo(1);
        assertThat(messageSource.deleted).containsExactly(new ReceiptHandle("a", "2"));
    }

    @Test
    void messagesOfOneIdWithOtherContentAreOthers() {
        willStore().complete(merged(2));
        add("a", "1", new Content.Line("first"));
        add("a", "2", new Content.Line("second"));
        add("a", "3", new Content.Line("first"));
        write();
        assertThat(answer().progress().deleted()).isEqualTo(2);
        assertThat(written.get(0)).containsExactly(new Content.Line("first"), new Content.Line("second"));
        assertThat(messageSource.deleted).containsExactly(new ReceiptHandle("a", "3"), new ReceiptHandle("a", "2"));
    }

    @Test
    void poisonThatComesTwiceIsOneMessage() {
        willStore().complete(new Stored.Done());
        add("a", "1", new Content.Poison("a", "body", "reason", 1));
        add("a", "2", new Content.Poison("a", "body", "reason", 2));
        write();
        assertThat(answer().progress().deleted()).isEqualTo(1);
        assertThat(written.get(0)).hasSize(1);
    }

    @Test
    void aMessageThatComesAgainWhileItIsDeletedIsDeletedAgainByItsNewReceipt() {
        willStore().complete(merged(1));
        messageSource.gateway = new CompletableFuture<>();
        add("a", "1");
        write();
        flushes.awaitAssert(() -> {
            assertThat(messageSource.deleted).hasSize(1);
            return null;
        });
        assertThat(add("a", "2")).isEqualTo(1);
        messageSource.gateway.complete(null);
        assertThat(answer().progress().deleted()).isZero();

        write();

        assertThat(answer().progress().deleted()).isEqualTo(1);
        assertThat(messageSource.deleted).containsExactly(new ReceiptHandle("a", "1"), new ReceiptHandle("a", "2"));
        assertThat(written).hasSize(1);
    }

    @Test
    void aMessageWhoseLeaseEndsDuringASlowMergeIsNotDeleted() {
        CompletableFuture<Stored> store = willStore();
        add("a", "1");
        write();
        clock.addAndGet(VISIBILITY.toNanos());
        store.complete(merged(1));
        Flush.Progress progress = answer().progress();
        assertThat(progress.lost()).isEqualTo(1);
        assertThat(progress.gone()).isEqualTo(1);
        assertThat(messageSource.deleted).isEmpty();
    }

    @Test
    void leasesAreExtendedBeforeHalfOfTheirTimeIsOver() {
        CompletableFuture<Stored> store = willStore();
        add("a", "1");
        write();
        for (int eighth = 1; eighth <= 4; eighth++) {
            clock.addAndGet(VISIBILITY.toNanos() / 8);
            time.timePasses(VISIBILITY.dividedBy(8));
        }
        flushes.awaitAssert(() -> {
            assertThat(messageSource.extended).containsExactly(new ReceiptHandle("a", "1"));
            return null;
        });
        assertThat(store).isNotDone();
    }

    @Test
    void whatIsGivenBackAnswersTheWriterAndAWriteThatEndsLateChangesNothing() {
        CompletableFuture<Stored> store = willStore();
        add("a", "1");
        write();
        TestProbe<Flush> releases = kit.createTestProbe();
        dayFile.tell(new DayFile.Release(releases.getRef()));
        assertThat(answer().failure()).contains(Interrupted.FAILURE);
        assertThat(releases.receiveMessage().progress().released()).isEqualTo(1);

        store.complete(merged(1));

        assertThat(add("b", "1")).isEqualTo(1);
        assertThat(messageSource.released).containsExactly(new ReceiptHandle("a", "1"));
        assertThat(messageSource.deleted).isEmpty();
    }

    @Test
    void whatIsBeingDeletedIsCountedAndNotGivenBack() {
        willStore().complete(merged(1));
        messageSource.gateway = new CompletableFuture<>();
        add("a", "1");
        write();
        add("b", "1");
        TestProbe<Flush> releases = kit.createTestProbe();
        dayFile.tell(new DayFile.Release(releases.getRef()));
        releases.expectNoMessage();

        messageSource.gateway.complete(null);

        Flush.Progress progress = releases.receiveMessage().progress();
        assertThat(progress.deleted()).isEqualTo(1);
        assertThat(progress.released()).isEqualTo(1);
        assertThat(messageSource.released).containsExactly(new ReceiptHandle("b", "1"));
        assertThat(answer().failure()).contains(Interrupted.FAILURE);
    }

    @Test
    void whoAsksWhileMessagesAreGivenBackIsAnsweredWhenTheyAre() {
        messageSource.releaseGate = new CompletableFuture<>();
        add("a", "1");
        TestProbe<Flush> first = kit.createTestProbe();
        TestProbe<Flush> again = kit.createTestProbe();
        dayFile.tell(new DayFile.Release(first.getRef()));
        dayFile.tell(new DayFile.Release(again.getRef()));
        assertThat(add("b", "1")).isEqualTo(1);
        again.expectNoMessage(Duration.ZERO);

        messageSource.releaseGate.complete(null);

        assertThat(again.receiveMessage().progress().released()).isEqualTo(1);
        assertThat(first.receiveMessage().progress().released()).isZero();
    }

    @Test
    void aConflictDeletesNothingAndConflictsWithoutEndAreAFailure() {
        add("a", "1");
        for (int conflict = 1; conflict <= 8; conflict++) {
            willStore().complete(new Stored.Conflict());
            write();
            assertThat(answer().progress().conflicts()).isEqualTo(1);
        }
        willStore().complete(new Stored.Conflict());
        write();
        assertThat(answer().failure()).map(Failure::kind).contains(Failure.Kind.TRANSIENT);
        assertThat(messageSource.deleted).isEmpty();

        willStore().complete(merged(1));
        write();

        assertThat(answer().progress().deleted()).isEqualTo(1);
    }

    @Test
    void whoAsksDuringAWriteIsAnsweredWithItButTheNumbersAreToldOnce() {
        CompletableFuture<Stored> store = willStore();
        add("a", "1");
        write();
        write();
        store.complete(merged(1));
        assertThat(answer().progress().deleted() + answer().progress().deleted())
                .isEqualTo(1);
    }

    private CompletableFuture<Stored> store(Collection<Content> contents) {
        written.add(contents);
        return stores.remove();
    }

    private CompletableFuture<Stored> willStore() {
        CompletableFuture<Stored> store = new CompletableFuture<>();
        stores.add(store);
        return store;
    }

    private int add(String id, String handle) {
        return add(id, handle, line(id));
    }

    private int add(String id, String handle, Content content) {
        dayFile.tell(
                new DayFile.Add(List.of(new InFlightMessage(new ReceiptHandle(id, handle), content)), added.getRef()));
        return added.receiveMessage();
    }

    private void write() {
        dayFile.tell(new DayFile.Write(flushes.getRef()));
    }

    private Flush answer() {
        return flushes.receiveMessage();
    }

    private static Content line(String text) {
        return new Content.Line(text);
    }

    private static Stored merged(long lines) {
        return new Stored.Merged(new MergeCounts(0, lines, true), List.of());
    }
}
