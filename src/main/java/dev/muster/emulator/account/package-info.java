/** The practice cloud's AWS Account Management. */
package dev.muster.emulator.account;
