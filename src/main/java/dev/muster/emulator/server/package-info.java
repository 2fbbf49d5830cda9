/** What all services of the practice cloud share: calls and replies, credentials, wire protocols, faults on the way. */
package dev.muster.emulator.server;
