package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A contact of an account. Fields without a value in AWS are empty.
 *
 * @param address parts of a postal address by name, such as {@code city}; only PRIMARY has one
 */
public record Contact(
        String accountId,
        String accountName,
        ContactType type,
        Optional<String> emailAddress,
        Optional<String> name,
        Optional<String> title,
        Optional<String> phone,
        Map<String, String> address) {
    public Contact {
        requireNonNull(accountId, "accountId is null");
        requireNonNull(accountName, "accountName is null");
        requireNonNull(type, "type is null");
        requireNonNull(emailAddress, "emailAddress is null");
        requireNonNull(name, "name is null");
        requireNonNull(title, "title is null");
        requireNonNull(phone, "phone is null");
        address = Collections.unmodifiableMap(new LinkedHashMap<>(address));
    }

    /** The root user's address. */
    public static Contact root(String accountId, String accountName, String emailAddress) {
        return new Contact(
                accountId,
                accountName,
                ContactType.ROOT,
                Optional.of(emailAddress),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** The contacts that an account has, in the order in which reports list them. */
    public enum ContactType {
        /** The address of the root user, from Organizations. */
        ROOT,
        /** The account holder, from GetContactInformation: a name, an address and a phone number, but no e-mail address. */
        PRIMARY,
        BILLING,
        OPERATIONS,
        SECURITY;

        /** The alternate contacts: those that GetAlternateContact reads and PutAlternateContact writes. */
        public static final List<ContactType> ALTERNATES = List.of(BILLING, OPERATIONS, SECURITY);

        public boolean alternate() {
            return ALTERNATES.contains(this);
        }
    }
}
