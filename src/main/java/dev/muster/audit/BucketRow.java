package dev.muster.audit;

/** A bucket in a report. */
public record BucketRow(BucketId id, BucketFacts facts, Standing standing, Tally tally) {}
