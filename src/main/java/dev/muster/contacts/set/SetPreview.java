package dev.muster.contacts.set;

import java.util.List;

/**
 * Preview of what carrying out a file would change.
 *
 * @param changes what would change, in the file's order
 * @param same wishes that are fulfilled already
 * @param invalid what cannot be carried out
 */
public record SetPreview(List<SetTask> changes, long same, List<InvalidLine> invalid) {
    public SetPreview {
        changes = List.copyOf(changes);
        invalid = List.copyOf(invalid);
    }
}
