/** Changes between two audits: of accounts, buckets and storage classes, their pace, and when it reaches a limit. */
package dev.muster.report.diff;
