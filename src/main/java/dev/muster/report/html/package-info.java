/** Page of a report for a browser. */
package dev.muster.report.html;
