package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The alternate contacts of all accounts. Initially most accounts have all three, and every kind of gap occurs:
 * depending on an account's position in the estate, SECURITY or BILLING is missing, or has a placeholder or the root
 * user's address.
 */
public final class ContactBook {
    /** The types of alternate contacts. */
    public static final List<String> TYPES = List.of("BILLING", "OPERATIONS", "SECURITY");

    private final Map<String, PracticeContact> contacts = new ConcurrentHashMap<>();

    ContactBook(Estate estate) {
        int place = 0;
        for (PracticeAccount account : estate.accounts()) {
            seed(account, place++);
        }
    }

    public Optional<PracticeContact> find(String accountId, String type) {
        return Optional.ofNullable(contacts.get(key(accountId, type)));
    }

    public void put(String accountId, String type, PracticeContact contact) {
        contacts.put(key(accountId, type), requireNonNull(contact, "contact is null"));
    }

    /** Removes a contact; returns whether there was one. */
    public boolean remove(String accountId, String type) {
        return contacts.remove(key(accountId, type)) != null;
    }

    private void seed(PracticeAccount account, int place) {
        if (place % 7 != 5) {
            put(account.id(), "BILLING", team("billing", "+1 555 0100"));
        }
        put(account.id(), "OPERATIONS", operations(account, place));
        if (place % 5 != 3) {
            put(account.id(), "SECURITY", team("security", "+1 555 0199"));
        }
    }

    private static PracticeContact operations(PracticeAccount account, int place) {
        if (place % 6 == 4) {
            return new PracticeContact(account.email(), "Operations", "Operations", "+1 555 0150");
        }
        return place % 9 == 2
                ? new PracticeContact("operations@example.org", " ", " ", "0")
                : team("operations", "+1 555 0150");
    }

    private static PracticeContact team(String name, String phone) {
        String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " team";
        return new PracticeContact(name + "@example.org", title, title, phone);
    }

    private static String key(String accountId, String type) {
        return accountId + "/" + type;
    }

    /** An alternate contact as stored by Account Management: all fields have a value, even if it means nothing. */
    public record PracticeContact(String email, String name, String title, String phone) {
        public PracticeContact {
            requireNonNull(email, "email is null");
            requireNonNull(name, "name is null");
            requireNonNull(title, "title is null");
            requireNonNull(phone, "phone is null");
        }
    }
}
