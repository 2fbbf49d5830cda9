package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.day.DayFile;
import dev.muster.events.day.Flush;
import dev.muster.events.day.Parcel;
import dev.muster.events.day.Scratch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The day files of a run on one machine: an actor each, started when first needed. */
final class LocalDayFiles implements DayFiles {
    private static final Duration HAND_OVER = Duration.ofSeconds(30);

    private final ActorSystem<?> system;
    private final Function<String, Behavior<DayFile.Command>> dayFile;
    private final Scratch scratch;
    private final Map<String, ActorRef<DayFile.Command>> dayFiles = new ConcurrentHashMap<>();

    LocalDayFiles(ActorSystem<?> system, Function<String, Behavior<DayFile.Command>> dayFile, Scratch scratch) {
        this.system = requireNonNull(system, "system is null");
        this.dayFile = requireNonNull(dayFile, "dayFile is null");
        this.scratch = requireNonNull(scratch, "scratch is null");
    }

    @Override
    public CompletableFuture<Integer> add(String destination, List<Parcel> parcels) {
        return AskPattern.<DayFile.Command, Integer>ask(
                        of(destination), replyTo -> new DayFile.Add(parcels, replyTo), HAND_OVER, system.scheduler())
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<Flush> write(String destination, Duration timeout) {
        return AskPattern.<DayFile.Command, Flush>ask(of(destination), DayFile.Write::new, timeout, system.scheduler())
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<Flush> release(String destination, Duration timeout) {
        return AskPattern.<DayFile.Command, Flush>ask(
                        of(destination), DayFile.Release::new, timeout, system.scheduler())
                .toCompletableFuture();
    }

    private ActorRef<DayFile.Command> of(String destination) {
        return dayFiles.computeIfAbsent(
                destination,
                name -> system.systemActorOf(dayFile.apply(name), "day-file-" + name.replace(' ', '-'), Props.empty()));
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        scratch.close();
    }
}
