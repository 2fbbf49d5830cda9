package dev.muster.events;

import java.util.concurrent.CompletableFuture;

/** Sees, before anything is received, that what is received can be written and deleted. */
@FunctionalInterface
interface Preparation {
    /** Fails with a {@link dev.muster.engine.TaskException}. May be repeated. */
    CompletableFuture<Void> run();
}
