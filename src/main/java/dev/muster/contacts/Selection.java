package dev.muster.contacts;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact.ContactType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Selection of accounts, and of the contacts to read for them. An empty filter selects everything.
 *
 * @param states account states to select
 * @param accounts account ids to select; those that do not exist are reported
 * @param units ids of organizational units or roots whose accounts are selected, including all units below them
 * @param tags the tags of which an account must have all
 * @param types contacts to read for each account besides ROOT
 * @param withTags true if the accounts' tags are needed, too
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

    /** True if an account is selected by its entry in the account list. */
    public boolean takes(MemberAccount account) {
        return (states.isEmpty() || states.contains(account.state()))
                && (accounts.isEmpty() || accounts.contains(account.id()));
    }

    /** True if an account with these tags is selected. */
    public boolean takes(Map<String, String> accountTags) {
        return accountTags.entrySet().containsAll(tags.entrySet());
    }

    /** True if tags must be read. */
    public boolean needsTags() {
        return !tags.isEmpty() || withTags;
    }

    /** The types to read, in a fixed order. */
    public Set<ContactType> orderedTypes() {
        return new TreeSet<>(types);
    }
}
