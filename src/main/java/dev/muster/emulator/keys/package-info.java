/** Buckets that exist only as arithmetic: keys in byte order, sizes, dates and storage classes from an object's index. */
package dev.muster.emulator.keys;
