package dev.muster.contacts.output;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsPartial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Contacts written all at once, for views that do not stream. */
public final class ContactsReport {
    private static final Comparator<Contact> BY_ACCOUNT_AND_TYPE =
            Comparator.comparing(Contact::accountId).thenComparing(Contact::type);

    private final ContactsView view;

    public ContactsReport(ContactsView view) {
        this.view = requireNonNull(view, "view is null");
    }

    /** Writes the contacts of a summary that keeps them. */
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

    /** Rows with one account each. */
    static final class PivotRows {
        private static final List<ContactType> TYPES =
                List.of(ContactType.ROOT, ContactType.BILLING, ContactType.OPERATIONS, ContactType.SECURITY);

        private final ContactsView view;

        PivotRows(ContactsView view) {
            this.view = view;
        }

        List<String> columns() {
            List<String> columns = new ArrayList<>(List.of("account_id"));
            if (view.full()) {
                columns.add("account_name");
            }
            TYPES.forEach(type -> columns.add(column(type)));
            if (view.primary()) {
                columns.addAll(List.of("primary_name", "primary_phone"));
            }
            return columns;
        }

        /** A row for each account, whether it has contacts or not. */
        List<Map<String, Object>> rows(List<MemberAccount> accounts, List<Contact> contacts) {
            Map<String, Map<ContactType, Contact>> byAccount = new HashMap<>();
            for (Contact contact : contacts) {
                byAccount
                        .computeIfAbsent(contact.accountId(), id -> new HashMap<>())
                        .put(contact.type(), view.redact() ? Redaction.of(contact) : contact);
            }
            return accounts.stream()
                    .map(account -> row(account, byAccount.getOrDefault(account.id(), Map.of())))
                    .toList();
        }

        private Map<String, Object> row(MemberAccount account, Map<ContactType, Contact> contacts) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("account_id", account.id());
            if (view.full()) {
                row.put("account_name", account.name());
            }
            for (ContactType type : TYPES) {
                Contact contact = contacts.get(type);
                row.put(
                        column(type),
                        contact == null ? null : contact.emailAddress().orElse(null));
            }
            if (view.primary()) {
                Contact primary = contacts.get(ContactType.PRIMARY);
                row.put("primary_name", primary == null ? null : primary.name().orElse(null));
                row.put(
                        "primary_phone",
                        primary == null ? null : primary.phone().orElse(null));
            }
            return row;
        }

        private static String column(ContactType type) {
            return type.name().toLowerCase(Locale.ROOT) + "_email";
        }
    }
}
