package dev.muster.contacts.set;

/** Result of a change: that it is made. */
public record SetResult() {}
