/** Benchmarks and the soak test of clusters, run by {@code scripts/bench} and {@code scripts/soak-cluster}; not tests of the build. */
package dev.muster.bench;
