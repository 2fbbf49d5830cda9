package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.muster.engine.Worker.WorkerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final WorkerId ID = new WorkerId("node", 1);

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<Coordinator.Command<String, String>> coordinator = kit.createTestProbe();
    private final CompletableFuture<String> running = new CompletableFuture<>();
    private final ActorRef<Worker.Command<String>> worker = kit.spawn(Worker.create(
            ID, coordinator.getRef(), (String work) -> running, EngineSettings.from(ConfigFactory.load())));

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void anIdleWorkerLeavesAtOnce() {
        coordinator.receiveMessage();

        worker.tell(new Worker.Drain<>());

        coordinator.expectMessage(new Coordinator.Leave<>(ID, 0));
        coordinator.expectTerminated(worker);
    }

    @Test
    void aBusyWorkerFinishesItsTaskBeforeItLeavesAndBeginsNoOther() {
        coordinator.receiveMessage();
        worker.tell(new Worker.Assign<>(ID, 7, "page", Duration.ofMinutes(1)));
        worker.tell(new Worker.Drain<>());
        worker.tell(new Worker.Assign<>(ID, 8, "next page", Duration.ofMinutes(1)));

        running.complete("result");

        coordinator.expectMessage(new Coordinator.Completed<>(ID, 7, "result"));
        coordinator.expectMessage(new Coordinator.Leave<>(ID, 7));
        coordinator.expectTerminated(worker);
        assertThat(running).isCompleted();
    }

    @Test
    void aWorkerThatBreaksWhileItDrainsLeavesAllTheSame() {
        coordinator.receiveMessage();
        worker.tell(new Worker.Assign<>(ID, 7, "page", Duration.ofMinutes(1)));
        worker.tell(new Worker.Drain<>());

        running.completeExceptionally(new IllegalStateException("a bug"));

        assertThat(coordinator.receiveMessage()).isInstanceOf(Coordinator.Failed.class);
        coordinator.expectMessage(new Coordinator.Leave<>(ID, 7));
        coordinator.expectTerminated(worker);
    }
}
