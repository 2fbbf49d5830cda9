/** A dataset: data files in key order, the manifest that names them, and the directory or bucket that holds both. */
package dev.muster.inventory.dataset;
