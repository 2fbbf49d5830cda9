package dev.muster.engine;

/** The right and duty of one worker to do one task until a deadline; times in nanoseconds. */
record Lease<T>(long id, TaskState<T> entry, WorkerId worker, long startedAt, long deadline) {}
