/** Rows of an inventory, and the files that hold them: Parquet, CSV, JSON lines, and the manifest that names those. */
package dev.muster.inventory.format;
