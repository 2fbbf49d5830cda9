package dev.muster.contacts.set;

import dev.muster.contacts.ContactFailure;
import java.util.List;

/** Number of changes made, and the ones that failed. */
public record ApplyPartial(long applied, List<ContactFailure> failures) {}
