package dev.muster.contacts;

import dev.muster.engine.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Stops a run to which an operation is refused for every account, as thousands of requests at a few a second would only
 * repeat the same refusal. One success anywhere shows that refusals concern single accounts. Thread-safe.
 */
public final class DenialGuard {
    /** Enough that a few closed accounts at the head of the list are not taken for the whole. */
    static final int ENOUGH = 24;

    private final Map<String, Integer> denials = new HashMap<>();
    private final Set<String> allowed = new HashSet<>();

    public synchronized void succeeded(String operation) {
        allowed.add(operation);
    }

    /** The failure as it is, or what stops the run. */
    public synchronized Failure failed(String operation, Failure failure) {
        if (failure.kind() != Failure.Kind.DENIED || allowed.contains(operation)) {
            return failure;
        }
        return denials.merge(operation, 1, Integer::sum) < ENOUGH
                ? failure
                : Diagnosis.alwaysDenied(failure, operation);
    }
}
