/** Status of a node over HTTP: Prometheus metrics and its health. */
package dev.muster.cluster.metrics;
