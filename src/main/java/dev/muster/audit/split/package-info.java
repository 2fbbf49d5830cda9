/**
 * Splitting of one bucket's keys among many listers: a pure policy. {@link dev.muster.audit.split.SplitPolicy} begins with an
 * essay and an example; it decides, with what {@link dev.muster.audit.split.KeyDistribution} has learned.
 */
package dev.muster.audit.split;
