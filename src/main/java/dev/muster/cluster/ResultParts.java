package dev.muster.cluster;

import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.RegistryProtocol;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Hands out results of ended runs in parts; the one that was asked for last stays in memory. */
final class ResultParts {
    /** Bytes in one message; well below the largest frame. */
    private static final int SIZE = 128 * 1024;

    private final RunRepository states;
    private String run = "";
    private byte[] result = {};

    ResultParts(RunRepository states) {
        this.states = states;
    }

    /** Answer for a run that has not ended, or is not known. */
    static RegistryProtocol.ResultPart none() {
        return new RegistryProtocol.ResultPart(0, -1, Payload.of(new byte[0]));
    }

    /** The run may end once more, with another result. */
    void forget(String resumed) {
        if (run.equals(resumed)) {
            run = "";
            result = new byte[0];
        }
    }

    /**
     * A part of an ended run's result.
     *
     * @throws IOException if the result cannot be read now
     */
    RegistryProtocol.ResultPart read(RegistryProtocol.ReadResult read) throws IOException {
        if (!run.equals(read.run())) {
            Optional<SavedRun> saved =
                    states.read(read.run()).filter(it -> it.record().ended());
            if (saved.isEmpty()) {
                return none();
            }
            result = saved.get().payload();
            run = read.run();
        }
        int from = Math.min(Math.max(0, read.offset()), result.length);
        byte[] part = Arrays.copyOfRange(result, from, Math.min(result.length, from + SIZE));
        return new RegistryProtocol.ResultPart(from, result.length, Payload.of(part));
    }
}
