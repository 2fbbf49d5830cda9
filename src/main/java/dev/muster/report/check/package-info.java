/** Numbers of audits, and of the changes between them, that {@code --fail-if} can check. */
package dev.muster.report.check;
