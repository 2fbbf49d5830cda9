/** Tallies of a bucket: sums by version state, class and age, and the newest, oldest, largest and smallest objects. */
package dev.muster.audit.stats;
