/** Rows on their way into an inventory: what one task has listed, in key order and in little room. */
package dev.muster.inventory.segment;
