package dev.muster.contacts;

import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsPlan;
import dev.muster.contacts.collect.ContactsResult;
import dev.muster.contacts.collect.ContactsSummary;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactLines;
import dev.muster.engine.Executor;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Assembles the lookup of contacts for the engine. */
public final class ContactsJob {
    private ContactsJob() {}

    /**
     * A job.
     *
     * @param output receives the contacts as they come, see {@link #lines}; closed by the caller
     */
    public static Job<ContactsTask, ContactsResult, ContactsPartial> create(
            ContactsSettings settings,
            Executor<ContactsTask, ContactsResult> executor,
            Output<ContactsPartial> output) {
        return new Job<>(
                "contacts",
                settings.arguments(),
                new ContactsPlan(settings.selection(), settings.quotas(), settings.timeout()),
                executor,
                new ContactsSummary(
                        !settings.streams(), settings.selection().types().size()),
                output,
                ContactsTask.class,
                ContactsPartial.class);
    }

    /**
     * The lines of a lookup that streams; empty if all contacts are written at the end.
     *
     * @param stdout receives the lines if the settings name no file
     * @throws IOException if the file cannot be opened
     */
    public static Optional<ContactLines> lines(ContactsSettings settings, OutputStream stdout) throws IOException {
        if (!settings.streams()) {
            return Optional.empty();
        }
        return Optional.of(
                settings.output().isPresent()
                        ? ContactLines.toFile(settings.output().get(), settings.view())
                        : ContactLines.toStream(stdout, settings.view()));
    }
}
