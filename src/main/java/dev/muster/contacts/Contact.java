package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
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
}
