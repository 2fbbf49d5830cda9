package dev.muster.contacts.check;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.MemberAccount;
import dev.muster.contacts.ContactType;
import java.util.Optional;

/**
 * One thing wrong with one contact.
 *
 * @param detail the fields that hold a placeholder, or the address; empty where there is no contact
 */
public record Finding(MemberAccount account, ContactType type, Problem problem, Optional<String> detail) {
    public Finding {
        requireNonNull(account, "account is null");
        requireNonNull(type, "type is null");
        requireNonNull(problem, "problem is null");
        requireNonNull(detail, "detail is null");
    }
}
