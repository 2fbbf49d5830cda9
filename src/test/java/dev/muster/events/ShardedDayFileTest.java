package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Failure;
import dev.muster.events.dayfile.DayFile;
import dev.muster.events.dayfile.Flush;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ShardedDayFileTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());

    private final TestProbe<ShardedDayFile.Answer> answers = KIT.createTestProbe();

    @AfterAll
    static void endActors() {
        KIT.shutdownTestKit();
    }

    @Test
    void whereCredentialsWorkNoLongerItAnswersAndEnds() {
        ActorRef<ShardedDayFile.Command> dayFile = dayFile(Failure.Kind.UNFIT);

        dayFile.tell(new ShardedDayFile.Ask(new ShardedDayFile.Question.Write(), answers.getRef()));

        assertThat(answers.expectMessageClass(ShardedDayFile.Answer.Done.class)
                        .flush()
                        .failure())
                .isPresent();
        answers.expectTerminated(dayFile);
    }

    @Test
    void itOutlastsWhatPasses() {
        ActorRef<ShardedDayFile.Command> dayFile = dayFile(Failure.Kind.TRANSIENT);
        for (int attempt = 0; attempt < 2; attempt++) {
            dayFile.tell(new ShardedDayFile.Ask(new ShardedDayFile.Question.Write(), answers.getRef()));
            answers.expectMessageClass(ShardedDayFile.Answer.Done.class);
        }
    }

    @Test
    void whatNobodyHasBeenToldGoesWithTheNextAnswer() {
        Flush.Progress theirs = new Flush.Progress(List.of(), 0, 0, 3, 0, 0, 0, 3);
        Flush.Progress ours = new Flush.Progress(List.of(), 0, 0, 2, 0, 0, 0, 2);
        ActorRef<ShardedDayFile.Command> dayFile = dayFile(new Flush(Optional.empty(), ours));

        dayFile.tell(new ShardedDayFile.Inherit(new ShardedDayFile.Answer.Done(new Flush(Optional.empty(), theirs))));
        dayFile.tell(new ShardedDayFile.Ask(new ShardedDayFile.Question.Write(), answers.getRef()));

        answers.expectMessage(new ShardedDayFile.Answer.Done(new Flush(Optional.empty(), theirs.plus(ours))));
    }

    private static ActorRef<ShardedDayFile.Command> dayFile(Failure.Kind kind) {
        return dayFile(new Flush(Optional.of(new Failure(kind, "Code", "no")), Flush.Progress.NONE));
    }

    private static ActorRef<ShardedDayFile.Command> dayFile(Flush flush) {
        Behavior<DayFile.Command> dayFile = Behaviors.receive(DayFile.Command.class)
                .onMessage(DayFile.Write.class, write -> {
                    write.replyTo().tell(flush);
                    return Behaviors.same();
                })
                .build();
        return KIT.spawn(ShardedDayFile.create(dayFile, Duration.ofMinutes(1)));
    }
}
