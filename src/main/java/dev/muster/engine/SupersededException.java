package dev.muster.engine;

import java.io.IOException;

/** Another coordinator has taken over the run (invariant 6): the one that gets this must stop, and write no more. */
public final class SupersededException extends IOException {
    private static final long serialVersionUID = 1L;

    public SupersededException(String message) {
        super(message);
    }
}
