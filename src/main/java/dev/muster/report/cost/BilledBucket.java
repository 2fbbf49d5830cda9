package dev.muster.report.cost;

import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ObjectTally;

/**
 * A bucket to bill.
 *
 * @param region null if it is unknown
 * @param counted whether its objects were counted; if not, a cost of zero would be wrong
 * @param complete whether all of it was counted
 */
public record BilledBucket(BucketId id, String region, ObjectTally tally, boolean counted, boolean complete) {}
