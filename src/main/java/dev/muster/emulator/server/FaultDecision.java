package dev.muster.emulator.server;

import java.time.Duration;
import java.util.Optional;

/**
 * Fate of one request.
 *
 * @param delay before it is worked on
 * @param refusal the answer in place of the real one
 * @param hangs whether it is never answered
 * @param breakOff the share of the body after which the connection breaks; 1 for a whole reply
 * @param keep the share of the body that a seemingly complete reply has; 1 for a whole reply
 * @param pageShare the share of a page that a listing returns; 1 for a whole page
 */
public record FaultDecision(
        Duration delay, Optional<ServiceError> refusal, boolean hangs, double breakOff, double keep, double pageShare) {
    /** Nothing happens. */
    public static final FaultDecision KIND = new FaultDecision(Duration.ZERO, Optional.empty(), false, 1, 1, 1);
}
