/** Conditions on a result under which a command fails, such as {@code noncurrent_bytes > 1TB}. */
package dev.muster.output.check;
