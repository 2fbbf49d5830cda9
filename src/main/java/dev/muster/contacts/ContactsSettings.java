package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import dev.muster.contacts.output.ContactsView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings of a lookup of contacts.
 *
 * @param keeps whether all contacts are wanted at the end, whatever the view
 * @param output where lines go as they come; empty for the standard output
 * @param origin what tells one estate from another, without secrets: profile and endpoint
 * @param timeout for one request
 */
public record ContactsSettings(
        Selection selection,
        ContactsView view,
        boolean keeps,
        Optional<Path> output,
        Map<String, String> origin,
        RequestQuotaTable quotas,
        Duration timeout) {
    public ContactsSettings {
        requireNonNull(selection, "selection is null");
        requireNonNull(view, "view is null");
        requireNonNull(output, "output is null");
        origin = Map.copyOf(origin);
        requireNonNull(quotas, "quotas is null");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is not positive: " + timeout);
        }
    }

    /** Tells whether lines are written as they come, so that the summary need not hold contacts. */
    public boolean streams() {
        return !keeps && view.streams();
    }

    /** Arguments that determine the result: a checkpoint of others is refused. */
    SortedMap<String, String> arguments() {
        TreeMap<String, String> arguments = new TreeMap<>(origin);
        arguments.put("states", new TreeSet<>(selection.states()).toString());
        arguments.put("accounts", new TreeSet<>(selection.accounts()).toString());
        arguments.put("ou", selection.units().toString());
        arguments.put("tag", new TreeMap<>(selection.tags()).toString());
        arguments.put("types", selection.orderedTypes().toString());
        if (streams()) {
            arguments.put("view", view.toString());
            arguments.put(
                    "output",
                    output.map(path -> path.toAbsolutePath().toString()).orElse("stdout"));
        }
        return arguments;
    }
}
