package dev.muster.audit.report;

import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.audit.tally.Tally;

/** A bucket in a report. */
public record BucketRow(BucketId id, BucketFacts facts, Standing standing, Tally tally) {}
