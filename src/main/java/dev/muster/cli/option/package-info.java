/**
 * Options: their declarations, the checks that picocli cannot make, and the configuration that gives their defaults. What an
 * option makes a job do is decided in the job: that an audit counts versions, say, in {@code BucketPlan} of {@code audit}.
 */
package dev.muster.cli.option;
