package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.config.ConfigSection;
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
 * @param keeps true if all contacts are needed at the end, whatever the view
 * @param output the file for the lines; empty for the standard output
 * @param origin profile and endpoint, which identify the estate; no secrets
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

    /** The timeout of the configuration, 1 millisecond to 1 day. */
    public static Duration timeout(Config config) {
        return ConfigSection.of(config, "muster.contacts")
                .duration("timeout", Duration.ofMillis(1), Duration.ofDays(1));
    }

    /** True if lines are written as they come, so that the summary need not keep contacts. */
    public boolean streams() {
        return !keeps && view.streams();
    }

    /** Everything that the result depends on: a checkpoint with other arguments is refused. */
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
