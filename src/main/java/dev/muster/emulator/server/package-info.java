/** Shared parts of the practice cloud's services: calls and replies, credentials, wire protocols, faults on the way. */
package dev.muster.emulator.server;
