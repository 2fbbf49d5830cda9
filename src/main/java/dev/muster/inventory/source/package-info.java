/** Inventories to be read, by Muster or by Amazon S3: in a directory or in a bucket. */
package dev.muster.inventory.source;
