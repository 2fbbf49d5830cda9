package dev.muster.contacts.output;

import dev.muster.contacts.Contact;
import java.util.LinkedHashMap;
import java.util.Map;

/** Masks what identifies a person, and leaves what shows where mail goes: the domain, the title, the country. */
public final class Redaction {
    private static final String MASK = "***";
    private static final String KEPT_OF_ADDRESS = "country_code";

    private Redaction() {}

    /** The contact with what identifies a person masked. */
    public static Contact of(Contact contact) {
        Map<String, String> address = new LinkedHashMap<>();
        contact.address().forEach((part, value) -> address.put(part, part.equals(KEPT_OF_ADDRESS) ? value : MASK));
        return new Contact(
                contact.accountId(),
                contact.accountName(),
                contact.type(),
                contact.emailAddress().map(Redaction::email),
                contact.name().map(name -> MASK),
                contact.title(),
                contact.phone().map(phone -> MASK),
                address);
    }

    /** The address with its local part masked. */
    public static String email(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? MASK : MASK + address.substring(at);
    }
}
