package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** All tags of an account. */
public record AccountTags(String accountId, Map<String, String> tags) {
    public AccountTags {
        requireNonNull(accountId, "accountId is null");
        tags = Map.copyOf(tags);
    }
}
