package dev.muster.audit;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;

/** A listing that would never end, as the server says that it goes on and leads back to where it was, or nowhere. */
final class EndlessListing {
    private EndlessListing() {}

    /** The failure of a listing of such things: {@code versions}. It is no use to try again. */
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
