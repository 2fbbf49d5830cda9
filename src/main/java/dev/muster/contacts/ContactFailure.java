package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Contact, tag or list that could not be read or written.
 *
 * @param accountId empty where it is no single account, such as a page of the account list
 * @param subject the contact's type, or what else was asked for, such as {@code ListAccounts}
 * @param code the service's error code
 * @param message one line for people
 */
public record ContactFailure(Optional<String> accountId, String subject, String code, String message) {
    public ContactFailure {
        requireNonNull(accountId, "accountId is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }
}
