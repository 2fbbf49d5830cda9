/** Where messages come from, and how they are deleted, kept hidden, or given back. */
package dev.muster.events.queue;
