package dev.muster.contacts.set;

import dev.muster.contacts.ContactFailure;
import java.util.List;

/** Number of changes made, and those that could not be made. */
public record SetPartial(long applied, List<ContactFailure> failures) {
    public SetPartial {
        failures = List.copyOf(failures);
    }
}
