/** Terminal browser of reports, without the terminal: a model that keys change and that gives the lines of a screen. */
package dev.muster.report.browse;
