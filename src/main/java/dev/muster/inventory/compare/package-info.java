/** Comparison of inventories and search for duplicates, by merging sorted rows in bounded memory. */
package dev.muster.inventory.compare;
