/** Writing of a dataset: data files in key order, the manifest that lists them, and their directory or bucket. */
package dev.muster.inventory.dataset;
