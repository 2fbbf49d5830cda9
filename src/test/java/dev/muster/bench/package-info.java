/** Benchmarks, run by {@code scripts/bench}; not tests. */
package dev.muster.bench;
