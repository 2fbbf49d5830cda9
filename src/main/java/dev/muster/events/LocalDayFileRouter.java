package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.dayfile.DayFile;
import dev.muster.events.dayfile.Flush;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.dayfile.TempDirectory;
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

/** The day files of a run on one machine: an actor for each, started on first use. */
final class LocalDayFileRouter implements DayFileRouter {
    private static final Duration HAND_OVER = Duration.ofSeconds(30);

    private final ActorSystem<?> system;
    private final Function<String, Behavior<DayFile.Command>> dayFile;
    private final TempDirectory tempDirectory;
    private final Map<String, ActorRef<DayFile.Command>> dayFiles = new ConcurrentHashMap<>();

    LocalDayFileRouter(
            ActorSystem<?> system, Function<String, Behavior<DayFile.Command>> dayFile, TempDirectory tempDirectory) {
        this.system = requireNonNull(system, "system is null");
        this.dayFile = requireNonNull(dayFile, "dayFile is null");
        this.tempDirectory = requireNonNull(tempDirectory, "scratch is null");
    }

    @Override
    public CompletableFuture<Integer> add(String destination, List<InFlightMessage> inFlightTable) {
        return AskPattern.<DayFile.Command, Integer>ask(
                        of(destination),
                        replyTo -> new DayFile.Add(inFlightTable, replyTo),
                        HAND_OVER,
                        system.scheduler())
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
        tempDirectory.close();
    }
}
