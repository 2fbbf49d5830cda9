/** Cost of storage by a table of prices, and what of it can be saved. Pure: no clock, no network. */
package dev.muster.report.cost;
