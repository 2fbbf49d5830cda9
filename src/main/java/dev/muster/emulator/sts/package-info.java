/** The practice cloud's Security Token Service. */
package dev.muster.emulator.sts;
