package dev.muster.contacts.set;

import dev.muster.contacts.ContactFailure;
import java.util.List;

/** What applying changes has come to: how many were made, and which could not be. */
public record ApplyPartial(long applied, List<ContactFailure> failures) {}
