/** Runs in a place that all coordinators reach: what was asked for, the newest checkpoint, and the result. */
package dev.muster.cluster.state;
