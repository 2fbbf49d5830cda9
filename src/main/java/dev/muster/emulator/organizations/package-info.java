/** The practice cloud's AWS Organizations. */
package dev.muster.emulator.organizations;
