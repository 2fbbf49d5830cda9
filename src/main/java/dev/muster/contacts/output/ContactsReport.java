package dev.muster.contacts.output;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.collect.ContactsPartial;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Contacts written all at once, for views that do not stream. */
public final class ContactsReport {
    private static final Comparator<Contact> BY_ACCOUNT_AND_TYPE =
            Comparator.comparing(Contact::accountId).thenComparing(Contact::type);

    private final ContactsView view;

    public ContactsReport(ContactsView view) {
        this.view = requireNonNull(view, "view is null");
    }

    /** Writes what a summary that keeps contacts has gathered. */
    public void write(Appendable out, ContactsPartial summary) throws IOException {
        if (view.pivot()) {
            PivotRows pivot = new PivotRows(view);
            RowWriter.write(out, view.format(), pivot.columns(), pivot.rows(accounts(summary), summary.contacts()));
        } else {
            ContactRows rows = new ContactRows(view);
            List<Map<String, Object>> fields =
                    contacts(summary).stream().map(rows::row).toList();
            RowWriter.write(out, view.format(), rows.columns(), fields);
        }
    }

    private List<Contact> contacts(ContactsPartial summary) {
        return view.sort()
                ? summary.contacts().stream().sorted(BY_ACCOUNT_AND_TYPE).toList()
                : summary.contacts();
    }

    private List<MemberAccount> accounts(ContactsPartial summary) {
        return view.sort()
                ? summary.accounts().stream()
                        .sorted(Comparator.comparing(MemberAccount::id))
                        .toList()
                : summary.accounts();
    }
}
