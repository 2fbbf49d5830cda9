/** Reports of an audit as text, JSON and CSV: per bucket, per account and in total. */
package dev.muster.report;
