/**
 * The engine across machines: nodes, the registry of runs, clients, and what travels between them.
 *
 * <p>One actor, {@link dev.muster.cluster.RunRegistry}, lives once in the cluster, on the oldest node of role
 * {@code coordinator}; under it a {@link dev.muster.cluster.RunCoordinator} holds each run's coordinator and aggregator. Every node
 * of role {@code worker} starts workers for each run that it hears of through the receptionist, with its own credentials.
 */
package dev.muster.cluster;
