/** What was counted, as text, JSON and CSV, by bucket, account, region and in total. */
package dev.muster.report;
