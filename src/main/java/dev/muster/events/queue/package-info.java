/** Source of messages, which also deletes, hides and releases them. */
package dev.muster.events.queue;
