package dev.muster.events;

import com.typesafe.config.Config;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.LocalRun;
import dev.muster.engine.Output;
import dev.muster.store.MemoryCheckpointStore;
import java.net.URI;

/** A consumer in a process of its own, to be killed: arguments are the endpoint and the queue's URL. */
final class EventsConsumer {
    private EventsConsumer() {}

    public static void main(String[] arguments) throws Exception {
        URI endpoint = URI.create(arguments[0]);
        Config config = PracticeQueue.config(
                "muster.events { flush.messages = 20, visibility-timeout = 3s }, muster.engine.max-attempts = 100");
        EventsJob events = new EventsJobFactory(
                        config,
                        EventsSettings.from(config),
                        PracticeQueue.buckets(PracticeQueue.s3(endpoint, PracticeQueue.ESTATE)))
                .queue(
                        PracticeQueue.sqs(endpoint, PracticeQueue.ESTATE),
                        arguments[1],
                        EventsJob.Options.DRAIN,
                        Output.none());
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<EventsTask, EventsResult, EventsPartial> run =
                LocalRun.start(config, events.job(), EngineSettings.from(config), store)) {
            run.result().toCompletableFuture().join();
        }
        events.job().executor().close();
        System.exit(0);
    }
}
