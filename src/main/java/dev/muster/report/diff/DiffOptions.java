package dev.muster.report.diff;

import dev.muster.output.SizeUnit;
import dev.muster.output.html.TablePage.Curve.Point;
import java.util.List;

/**
 * Options of the presentation of changes.
 *
 * @param limit the limit in bytes whose day of being reached is forecast; null for none
 * @param rows greatest number of rows of a table in text
 * @param unit of sizes in text
 * @param width the width of the terminal for text
 * @param history bytes of the estate in each run that is known, earliest first; empty if only two runs were given
 */
public record DiffOptions(Long limit, int rows, SizeUnit unit, int width, List<Point> history) {}
