package dev.muster.report.diff;

import dev.muster.output.SizeUnit;

/**
 * Options of how changes are shown.
 *
 * @param limit in bytes, for which the day is told when it will be reached; null for none
 * @param rows the most rows of a table in text
 * @param unit of sizes in text
 * @param width of the terminal that text is for
 */
public record DiffOptions(Long limit, int rows, SizeUnit unit, int width) {}
