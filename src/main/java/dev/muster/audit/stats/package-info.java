/** What is counted of a bucket: sums by version state, class and age, and the newest, oldest, largest and smallest. */
package dev.muster.audit.stats;
