package dev.muster.audit;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;

/** A listing that would never end: the server says that it continues but leads back to an earlier place, or nowhere. */
final class EndlessListing {
    private EndlessListing() {}

    /**
     * The failure of such a listing, which is not worth another try; {@code things} is a plural such as {@code
     * versions}.
     */
    static TaskException listing(String things) {
        return new TaskException(failure(things));
    }

    static Failure failure(String things) {
        return new Failure(
                Failure.Kind.INVALID,
                "NoProgress",
                "the server says that there are more " + things
                        + ", but does not go on to them; it does not keep to the S3 API");
    }
}
