package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The present value of the tag that {@link dev.muster.contacts.Selection#tagKey} names; empty if it is not there. */
public record AccountTag(String accountId, Optional<String> value) {
    public AccountTag {
        requireNonNull(accountId, "accountId is null");
        requireNonNull(value, "value is null");
    }
}
