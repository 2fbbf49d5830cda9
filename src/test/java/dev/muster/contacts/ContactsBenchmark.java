package dev.muster.contacts;

import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.RunResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A thousand accounts in real time against the practice cloud's token buckets, ten times as large as documented; by itself,
 * and with 30 % of the requests refused and 5 % failing.
 */
public final class ContactsBenchmark {
    private static final int ACCOUNTS = 1_000;
    private static final double SCALE = 10;

    private ContactsBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        run("own quota", 0, 0);
        run("30 % refused, 5 % failing", 30, 5);
    }

    private static void run(String name, int refused, int failing) throws Exception {
        try (Practice practice = new Practice(ACCOUNTS, SCALE)) {
            List<ServiceError> errors = new ArrayList<>(Collections.nCopies(refused, ServiceError.slowDown()));
            errors.addAll(Collections.nCopies(failing, new ServiceError(500, "InternalError", "on purpose")));
            if (!errors.isEmpty()) {
                practice.cloud.faults().set("account", FaultProfile.NONE.withErrors(errors.size() / 100.0, errors));
            }
            ContactsView view = new ContactsView(ContactsFormat.JSONL, false, false, false, false, false);
            RunResult<ContactsTask, ContactsPartial> result =
                    practice.run(practice.settings(Practice.EVERYTHING, view));
            long requests = practice.cloud.counts().of("GetAlternateContact");
            double ideal = (requests - 15 * SCALE) / (10 * SCALE);
            double seconds = result.elapsed().toMillis() / 1000.0;
            System.out.printf(
                    "%s: %d contacts of %d, %d requests (%d over the quota) in %.1f s, ideal %.1f s: %.3f%n",
                    name,
                    result.summary().contactCount(),
                    practice.expected().size(),
                    requests,
                    practice.cloud.quotas().refused("GetAlternateContact"),
                    seconds,
                    ideal,
                    seconds / ideal);
        }
    }
}
