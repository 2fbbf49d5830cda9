/**
 * Splitting of one bucket's keys among many listers: a pure policy. {@link dev.muster.audit.split.SplitPolicy} begins with an
 * essay and an example, and decides whether a range is split and at which pivots. It chooses among the proposals of
 * {@code PivotCandidates}, for ranges that may end anywhere, and {@code KeyInterpolator}, for ranges with a known end, within the
 * limits of {@code SplitBudget}, by what {@link dev.muster.audit.split.KeyDistribution} has learned.
 */
package dev.muster.audit.split;
