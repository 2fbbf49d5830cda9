package dev.muster.engine.queue;

import dev.muster.engine.WorkerId;

/** The right and duty of one worker to do one task until a deadline; times in nanoseconds. */
record Lease<T>(long id, Entry<T> entry, WorkerId worker, long startedAt, long deadline) {}
