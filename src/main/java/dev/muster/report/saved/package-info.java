/** Audit reports read back from the JSON that an audit wrote, of this version or an earlier one. */
package dev.muster.report.saved;
