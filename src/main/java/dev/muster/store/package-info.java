/**
 * Durable state of runs, so that an interrupted or killed run can be continued: {@link dev.muster.store.FileCheckpointStore} for
 * a run on one machine, {@link dev.muster.store.KeyValueStore} over a directory or S3 for those of a cluster. A store fences off
 * an earlier coordinator: the file store by its lock and epoch, the others by a conditional write.
 */
package dev.muster.store;
