package dev.muster.cluster;

import dev.muster.cluster.JobType.JobTypeRegistry;
import dev.muster.cluster.metrics.NodeMetrics;

/**
 * Resources that the actors of a node share.
 *
 * @param types the jobs that the node can do
 */
record NodeContext(JobTypeRegistry types, ClusterSettings settings, NodeMetrics metrics) {}
