/**
 * Changes between two audits: of accounts, buckets and storage classes, the rate of growth, and when a limit is
 * reached.
 */
package dev.muster.report.diff;
