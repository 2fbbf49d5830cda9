/** Totals per prefix of a bucket's keys, and per group of its objects, in bounded memory. */
package dev.muster.audit.prefix;
