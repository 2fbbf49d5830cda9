/** Rows of an inventory, their files in Parquet, CSV and JSON lines, and the manifest that lists the files. */
package dev.muster.inventory.format;
