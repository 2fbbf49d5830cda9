package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A contact, tag or list that could not be read or written.
 *
 * @param accountId empty if the failure is not about a single account, such as one of a page of the account list
 * @param subject the contact's type, or another request, such as {@code ListAccounts}
 * @param code the service's error code
 * @param message the message on one line
 */
public record ContactFailure(Optional<String> accountId, String subject, String code, String message) {
    public ContactFailure {
        requireNonNull(accountId, "accountId is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }
}
