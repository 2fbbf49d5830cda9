/** Conditions on a report under which a command fails, such as {@code noncurrent_bytes > 1TB}. */
package dev.muster.report.check;
