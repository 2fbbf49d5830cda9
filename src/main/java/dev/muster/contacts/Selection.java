package dev.muster.contacts;

import dev.muster.aws.MemberAccount;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Selection of accounts, and of the contacts that are read of them. An empty filter lets everything pass.
 *
 * @param states account states to take
 * @param accounts account ids to take; each that does not exist is reported
 * @param units ids of organizational units or roots whose accounts are taken, with all units below them
 * @param tags tags that an account must have, all of them
 * @param types contacts that are read of each account besides ROOT
 * @param withTags true if the accounts' tags are wanted too
 */
public record Selection(
        Set<String> states,
        Set<String> accounts,
        List<String> units,
        Map<String, String> tags,
        Set<ContactType> types,
        boolean withTags) {
    public Selection {
        states = Set.copyOf(states);
        accounts = Set.copyOf(accounts);
        units = List.copyOf(units);
        tags = Map.copyOf(tags);
        types = Set.copyOf(types);
    }

    /** True if an account passes by what the account list tells of it. */
    public boolean takes(MemberAccount account) {
        return (states.isEmpty() || states.contains(account.state()))
                && (accounts.isEmpty() || accounts.contains(account.id()));
    }

    /** True if an account with these tags passes. */
    public boolean takes(Map<String, String> accountTags) {
        return accountTags.entrySet().containsAll(tags.entrySet());
    }

    /** True if tags have to be read. */
    public boolean needsTags() {
        return !tags.isEmpty() || withTags;
    }

    /** The types that are read, in a fixed order. */
    public Set<ContactType> orderedTypes() {
        return new TreeSet<>(types);
    }
}
