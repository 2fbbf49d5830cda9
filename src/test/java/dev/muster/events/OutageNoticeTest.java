package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.EventsResult.Polled;
import dev.muster.events.EventsTask.Flush;
import dev.muster.events.EventsTask.Poll;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageNoticeTest {
    private static final EventsPartial NOTHING = EventsPartial.builder().build();
    private static final EventsResult WRITTEN = new EventsResult.Flushed(false, false, 0, 0, NOTHING);
    private static final CompletableFuture<EventsResult> BROKEN =
            failed(new Failure(Failure.Kind.TRANSIENT, "InternalError", "write s3://logs/20220404 failed"));

    private final Logger logger = (Logger) LoggerFactory.getLogger(OutageNotice.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private CompletableFuture<EventsResult> answer = BROKEN;
    private final OutageNotice outages = new OutageNotice(task -> answer, true);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void anOutageIsToldOnceAndSoIsItsEnd() {
        times(9, new Flush("20220404"));
        assertThat(said())
                .containsExactly("writing 20220404 keeps failing, and is tried again until it works:"
                        + " InternalError: write s3://logs/20220404 failed");
        answer = CompletableFuture.completedFuture(WRITTEN);
        times(2, new Flush("20220404"));
        assertThat(said()).hasSize(2).last().isEqualTo("writing 20220404 works again");
    }

    @Test
    void aFailureThatPassesAtOnceIsNoNews() {
        times(2, new Flush("20220404"));
        answer = CompletableFuture.completedFuture(WRITTEN);
        times(1, new Flush("20220404"));
        assertThat(said()).isEmpty();
    }

    @Test
    void whereNothingWasAskedForNothingIsKnownOfTheQueue() {
        times(3, new Poll(0));
        answer = CompletableFuture.completedFuture(
                new Polled(Answer.NO_ROOM, Set.of(), Set.of(), Map.of(), NOTHING, Long.MAX_VALUE));
        times(1, new Poll(1));
        answer = CompletableFuture.completedFuture(
                new Polled(Answer.END, Set.of(), Set.of(), Map.of(), NOTHING, Long.MAX_VALUE));
        times(1, new Poll(0));
        assertThat(said()).singleElement().asString().startsWith("receiving messages keeps failing");
    }

    @Test
    void whatDoesNotPassIsLeftToTheReport() {
        answer = failed(new Failure(Failure.Kind.DENIED, "AccessDenied", "no"));
        times(3, new Flush("20220404"));
        assertThat(said()).isEmpty();
    }

    @Test
    void requestsThatARunGivesUpAtItsEndAreNoOutage() {
        for (int i = 0; i < 3; i++) {
            answer = new CompletableFuture<>();
            outages.execute(new Poll(i)).cancel(true);
        }
        assertThat(said()).isEmpty();
    }

    private void times(int number, EventsTask task) {
        for (int i = 0; i < number; i++) {
            CompletableFuture<?> unused = outages.execute(task);
        }
    }

    private List<String> said() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static CompletableFuture<EventsResult> failed(Failure failure) {
        return CompletableFuture.failedFuture(new TaskException(failure));
    }
}
