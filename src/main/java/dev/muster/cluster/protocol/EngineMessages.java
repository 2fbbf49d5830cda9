package dev.muster.cluster.protocol;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Worker;

/**
 * Jackson module for the engine's messages between a run's coordinator and the workers of other nodes: tasks and
 * results are read as {@link Payload}s. {@code remote.conf} lists the messages that may travel.
 */
public final class EngineMessages extends SimpleModule {
    private static final long serialVersionUID = 1L;

    interface WithTask {
        @JsonDeserialize(as = Payload.class)
        Object work();
    }

    interface WithResult {
        @JsonDeserialize(as = Payload.class)
        Object result();
    }

    public EngineMessages() {
        setMixInAnnotation(Worker.Assign.class, WithTask.class);
        setMixInAnnotation(Coordinator.Completed.class, WithResult.class);
    }
}
