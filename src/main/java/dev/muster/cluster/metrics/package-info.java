/** What a node tells of itself over HTTP: Prometheus metrics and its health. */
package dev.muster.cluster.metrics;
