package dev.muster.contacts;

import dev.muster.engine.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Stops a run for which an operation is refused for every account, as thousands of requests at a few per second would
 * only repeat the same refusal. One success for a member account shows that refusals concern single accounts; one for
 * the caller's own account shows nothing, as that needs no trusted access. Thread-safe.
 */
public final class DenialGuard {
    /** Denials that stop a run: enough that a few closed accounts at the head of the list do not. */
    static final int ENOUGH = 24;

    private final Map<String, Integer> denials = new HashMap<>();
    private final Set<String> allowed = new HashSet<>();

    /**
     * Notes a success.
     *
     * @param own true if the operation was about the caller's own account
     */
    public synchronized void succeeded(String operation, boolean own) {
        if (!own) {
            allowed.add(operation);
        }
    }

    /**
     * Judges a failure.
     *
     * @param own true if the operation was about the caller's own account
     * @return the unchanged failure, or one that stops the run
     */
    public synchronized Failure failed(String operation, boolean own, Failure failure) {
        if (own || failure.kind() != Failure.Kind.DENIED || allowed.contains(operation)) {
            return failure;
        }
        return denials.merge(operation, 1, Integer::sum) < ENOUGH
                ? Diagnosis.deniedSoFar(failure)
                : Diagnosis.alwaysDenied(failure, operation);
    }
}
