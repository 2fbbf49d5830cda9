package dev.muster.report.diff;

import dev.muster.output.SizeUnit;

/**
 * Options of the presentation of changes.
 *
 * @param limit the limit in bytes whose day of being reached is forecast; null for none
 * @param rows greatest number of rows of a table in text
 * @param unit of sizes in text
 * @param width the width of the terminal for text
 */
public record DiffOptions(Long limit, int rows, SizeUnit unit, int width) {}
