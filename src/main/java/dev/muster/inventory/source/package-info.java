/** Reading of inventories, written by Muster or by Amazon S3, from a directory or a bucket. */
package dev.muster.inventory.source;
