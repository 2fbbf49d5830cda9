/**
 * Parquet files of flat rows. Encodings and the footer's structures are those of Apache Parquet; the file around them is
 * written and read here, page by page, because Parquet's own file classes need Hadoop's and hold a whole row group.
 */
package dev.muster.inventory.format.parquet;
