package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.contacts.Contact;
import dev.muster.contacts.ContactFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Result of one task, or of a run so far.
 *
 * @param organization the organization, once known
 * @param accountCount number of accounts found and selected
 * @param readsDone number of requests for single contacts that are completed or given up
 * @param contactCount number of contacts found
 * @param accounts the accounts, if the summary keeps them
 * @param contacts the contacts, if the summary keeps them
 * @param tags the requested tags
 * @param failures requests that were given up
 */
public record ContactsPartial(
        Optional<OrganizationIdentity> organization,
        long accountCount,
        long readsDone,
        long contactCount,
        List<MemberAccount> accounts,
        List<Contact> contacts,
        List<AccountTags> tags,
        List<ContactFailure> failures) {
    public ContactsPartial {
        requireNonNull(organization, "organization is null");
        requireNonNull(accounts, "accounts is null");
        requireNonNull(contacts, "contacts is null");
        requireNonNull(tags, "tags is null");
        requireNonNull(failures, "failures is null");
    }

    static final ContactsPartial NOTHING =
            new ContactsPartial(Optional.empty(), 0, 0, 0, List.of(), List.of(), List.of(), List.of());

    static ContactsPartial ofOrganization(OrganizationIdentity organization) {
        return new ContactsPartial(Optional.of(organization), 0, 0, 0, List.of(), List.of(), List.of(), List.of());
    }

    static ContactsPartial ofAccounts(
            List<MemberAccount> accounts, List<Contact> roots, List<AccountTags> tags, List<ContactFailure> failures) {
        return new ContactsPartial(Optional.empty(), accounts.size(), 0, roots.size(), accounts, roots, tags, failures);
    }

    static ContactsPartial ofRead(List<Contact> contacts, List<ContactFailure> failures) {
        return new ContactsPartial(Optional.empty(), 0, 1, contacts.size(), List.of(), contacts, List.of(), failures);
    }

    static ContactsPartial ofFailure(ContactFailure failure, boolean read) {
        return new ContactsPartial(
                Optional.empty(), 0, read ? 1 : 0, 0, List.of(), List.of(), List.of(), List.of(failure));
    }

    /** All tags of an account. */
    public record AccountTags(String accountId, Map<String, String> tags) {
        public AccountTags {
            requireNonNull(accountId, "accountId is null");
            tags = Map.copyOf(tags);
        }
    }
}
