package dev.muster.report;

import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ObjectTally;

/** A bucket in a report. */
public record BucketRow(BucketId id, BucketFacts facts, RowStatus standing, ObjectTally tally) {}
