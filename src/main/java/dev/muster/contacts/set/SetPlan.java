package dev.muster.contacts.set;

import java.util.List;

/**
 * Changes that a file asks for, and its invalid lines.
 *
 * @param changes what would change, in the file's order
 * @param same wishes that are fulfilled already
 * @param invalid what cannot be carried out
 */
public record SetPlan(List<Change> changes, long same, List<InvalidLine> invalid) {
    public SetPlan {
        changes = List.copyOf(changes);
        invalid = List.copyOf(invalid);
    }
}
