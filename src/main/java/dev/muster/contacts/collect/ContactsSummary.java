package dev.muster.contacts.collect;

import dev.muster.engine.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts contacts and collects failures; keeps the contacts themselves only for reports that need all of them at once.
 */
public final class ContactsSummary implements Summary<ContactsPartial> {
    private final boolean keepsContacts;
    private final int readsPerAccount;

    /**
     * @param keepsContacts whether accounts and contacts are kept, or were already written by the job's output
     * @param readsPerAccount number of requests for single contacts per account; 0 or more
     */
    public ContactsSummary(boolean keepsContacts, int readsPerAccount) {
        this.keepsContacts = keepsContacts;
        this.readsPerAccount = readsPerAccount;
    }

    @Override
    public ContactsPartial empty() {
        return ContactsPartial.NOTHING;
    }

    @Override
    public ContactsPartial merge(ContactsPartial left, ContactsPartial right) {
        return new ContactsPartial(
                left.organization().or(right::organization),
                left.accountCount() + right.accountCount(),
                left.readsDone() + right.readsDone(),
                left.contactCount() + right.contactCount(),
                keepsContacts ? append(left.accounts(), right.accounts()) : List.of(),
                keepsContacts ? append(left.contacts(), right.contacts()) : List.of(),
                append(left.tags(), right.tags()),
                append(left.failures(), right.failures()));
    }

    @Override
    public boolean complete(ContactsPartial partial) {
        return partial.failures().isEmpty();
    }

    /** Counts of accounts known, accounts done, and contacts found. */
    @Override
    public Map<String, Long> counts(ContactsPartial partial) {
        long done = readsPerAccount == 0 ? partial.accountCount() : partial.readsDone() / readsPerAccount;
        return Map.of(
                "accounts", partial.accountCount(),
                "accounts_done", Math.min(done, partial.accountCount()),
                "contacts", partial.contactCount());
    }

    /** Extends the left list in place, so that a run's summary is not copied with each partial. */
    private static <E> List<E> append(List<E> left, List<E> right) {
        if (right.isEmpty()) {
            return left;
        }
        List<E> grown = left instanceof ArrayList ? left : new ArrayList<>(left);
        grown.addAll(right);
        return grown;
    }
}
