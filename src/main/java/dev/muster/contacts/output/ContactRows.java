package dev.muster.contacts.output;

import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows with one contact each. */
final class ContactRows {
    /** Parts of a postal address in order: the names of GetContactInformation in snake case. */
    static final List<String> ADDRESS = List.of(
            "company_name",
            "address_line_1",
            "address_line_2",
            "address_line_3",
            "city",
            "district_or_county",
            "state_or_region",
            "postal_code",
            "country_code",
            "website_url");

    private final ContactsView view;

    ContactRows(ContactsView view) {
        this.view = view;
    }

    /** Columns of the view. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("account_id"));
        if (view.full()) {
            columns.add("account_name");
        }
        columns.addAll(List.of("contact_type", "email_address"));
        if (view.full() || view.primary()) {
            columns.addAll(List.of("name", "title", "phone"));
        }
        if (view.primary()) {
            columns.addAll(ADDRESS);
        }
        return columns;
    }

    /** The fields of one contact; null if AWS has no value. A PRIMARY contact is always shown completely. */
    Map<String, Object> row(Contact original) {
        Contact contact = view.redact() ? Redaction.of(original) : original;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account_id", contact.accountId());
        if (view.full()) {
            row.put("account_name", contact.accountName());
        }
        row.put("contact_type", contact.type().name());
        row.put("email_address", contact.emailAddress().orElse(null));
        if (view.full() || contact.type() == ContactType.PRIMARY) {
            row.put("name", contact.name().orElse(null));
            row.put("title", contact.title().orElse(null));
            row.put("phone", contact.phone().orElse(null));
        }
        row.putAll(contact.address());
        return row;
    }
}
