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

/** Puts the lookup of contacts together for the engine. */
public final class ContactsJob {
    private ContactsJob() {}

    /**
     * A job whose output is open; whoever runs it closes that.
     *
     * @param stdout takes the lines where the settings name no file
     * @throws IOException if the output cannot be opened
     */
    public static Job<ContactsTask, ContactsResult, ContactsPartial> create(
            ContactsSettings settings, Executor<ContactsTask, ContactsResult> executor, OutputStream stdout)
            throws IOException {
        return new Job<>(
                "contacts",
                settings.arguments(),
                new ContactsPlan(settings.selection(), settings.quotas(), settings.timeout()),
                executor,
                new ContactsSummary(
                        !settings.streams(), settings.selection().types().size()),
                output(settings, stdout),
                ContactsTask.class,
                ContactsPartial.class);
    }

    private static Output<ContactsPartial> output(ContactsSettings settings, OutputStream stdout) throws IOException {
        if (!settings.streams()) {
            return Output.none();
        }
        return settings.output().isPresent()
                ? ContactLines.toFile(settings.output().get(), settings.view())
                : ContactLines.toStream(stdout, settings.view());
    }
}
