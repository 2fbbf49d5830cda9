package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Failure;
import dev.muster.engine.SharedActor;
import dev.muster.events.dayfile.DayFile;
import dev.muster.events.dayfile.Flush;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DayKeeperTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());

    @AfterAll
    static void endActors() {
        KIT.shutdownTestKit();
    }

    @Test
    void aKeeperWhoseCredentialsWorkNoLongerAnswersAndEnds() {
        TestProbe<SharedActor.Answer<DayAnswer>> answers = KIT.createTestProbe();
        ActorRef<SharedActor.Command<DayRequest, DayAnswer>> keeper = keeper(Failure.Kind.UNFIT);

        keeper.tell(new SharedActor.Ask<>("1", new DayRequest.Write(), answers.getRef()));

        assertThat(answers.receiveMessage().answer()).isInstanceOfSatisfying(DayAnswer.Done.class, done -> assertThat(
                        done.flush().failure())
                .isPresent());
        answers.expectTerminated(keeper);
    }

    @Test
    void aKeeperOutlastsWhatPasses() {
        TestProbe<SharedActor.Answer<DayAnswer>> answers = KIT.createTestProbe();
        ActorRef<SharedActor.Command<DayRequest, DayAnswer>> keeper = keeper(Failure.Kind.TRANSIENT);
        for (String id : new String[] {"1", "2"}) {
            keeper.tell(new SharedActor.Ask<>(id, new DayRequest.Write(), answers.getRef()));
            assertThat(answers.receiveMessage().id()).isEqualTo(id);
        }
    }

    private static ActorRef<SharedActor.Command<DayRequest, DayAnswer>> keeper(Failure.Kind kind) {
        Flush failed = new Flush(Optional.of(new Failure(kind, "Code", "no")), Flush.Progress.NONE);
        Behavior<DayFile.Command> dayFile = Behaviors.receive(DayFile.Command.class)
                .onMessage(DayFile.Write.class, write -> {
                    write.replyTo().tell(failed);
                    return Behaviors.same();
                })
                .build();
        return KIT.spawn(DayKeeper.create(dayFile, Duration.ofMinutes(1)));
    }
}
