package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import java.util.Optional;

/**
 * Outcome of one entry of a batch.
 *
 * @param failure why not, if it failed
 */
public record AckResult(ReceiptHandle receipt, Outcome outcome, Optional<Failure> failure) {
    /** Outcomes of an entry. */
    public enum Outcome {
        DONE,
        /** The lease is over: another delivery of the message counts. */
        LOST,
        /** May be tried again. */
        FAILED,
        /** Nothing was asked for, so nothing was done: a dry run, or an input that cannot delete. */
        IGNORED
    }

    public AckResult {
        requireNonNull(receipt, "receipt is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(failure, "failure is null");
    }

    public static AckResult of(ReceiptHandle receipt, Outcome outcome) {
        return new AckResult(receipt, outcome, Optional.empty());
    }

    public static AckResult failed(ReceiptHandle receipt, Failure failure) {
        return new AckResult(receipt, Outcome.FAILED, Optional.of(failure));
    }
}
