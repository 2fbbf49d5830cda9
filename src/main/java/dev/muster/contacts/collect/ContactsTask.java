package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.contacts.Contact.ContactType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request. A task contains everything needed to carry it out, so that a resumed run needs no memory of the first.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ContactsTask.FindOrganization.class, name = "find-organization"),
    @JsonSubTypes.Type(value = ContactsTask.ListAccounts.class, name = "list-accounts"),
    @JsonSubTypes.Type(value = ContactsTask.WalkUnits.class, name = "walk-units"),
    @JsonSubTypes.Type(value = ContactsTask.FindAccount.class, name = "find-account"),
    @JsonSubTypes.Type(value = ContactsTask.ReadTags.class, name = "read-tags"),
    @JsonSubTypes.Type(value = ContactsTask.ReadContact.class, name = "read-contact")
})
public sealed interface ContactsTask {
    /** The API operation, which is also the name of the request quota. */
    String operation();

    /** The account that it is about; empty if it is about several. */
    default Optional<String> concerns() {
        return Optional.empty();
    }

    /** The subject in a word: a contact's type, else the operation. */
    default String subject() {
        return operation();
    }

    /** The attempt in words, for messages: {@code GetAlternateContact BILLING of account 111111111111}. */
    default String description() {
        return subject() + concerns().map(id -> " of account " + id).orElse("");
    }

    /** The organization, where a task is a question to it. */
    default Optional<OrganizationIdentity> askedOrganization() {
        return Optional.empty();
    }

    /** The organization and the caller: DescribeOrganization and GetCallerIdentity. */
    record FindOrganization() implements ContactsTask {
        @Override
        public String operation() {
            return "DescribeOrganization";
        }
    }

    /** One page of all accounts. */
    record ListAccounts(OrganizationIdentity organization, AccountCursor cursor) implements ContactsTask {
        public ListAccounts {
            requireNonNull(organization, "organization is null");
            requireNonNull(cursor, "cursor is null");
        }

        @Override
        public Optional<OrganizationIdentity> askedOrganization() {
            return Optional.of(organization);
        }

        @Override
        public String operation() {
            return "ListAccounts";
        }
    }

    /** One page of a unit's accounts, or of the units in it. */
    record WalkUnits(OrganizationIdentity organization, OrgUnitCursor walk) implements ContactsTask {
        public WalkUnits {
            requireNonNull(organization, "organization is null");
            requireNonNull(walk, "walk is null");
        }

        @Override
        public Optional<OrganizationIdentity> askedOrganization() {
            return Optional.of(organization);
        }

        @Override
        public String operation() {
            return walk.inAccounts() ? "ListAccountsForParent" : "ListOrganizationalUnitsForParent";
        }

        @Override
        public String subject() {
            return operation() + " " + walk.unit();
        }
    }

    /** One account by its id. */
    record FindAccount(OrganizationIdentity organization, String accountId) implements ContactsTask {
        public FindAccount {
            requireNonNull(organization, "organization is null");
            requireNonNull(accountId, "accountId is null");
        }

        @Override
        public Optional<OrganizationIdentity> askedOrganization() {
            return Optional.of(organization);
        }

        @Override
        public String operation() {
            return "DescribeAccount";
        }

        @Override
        public Optional<String> concerns() {
            return Optional.of(accountId);
        }
    }

    /**
     * All tags of an account.
     *
     * @param standalone true if Account Management wants to be asked about it without its id
     */
    record ReadTags(MemberAccount account, boolean standalone) implements ContactsTask {
        public ReadTags {
            requireNonNull(account, "account is null");
        }

        @Override
        public String operation() {
            return "ListTagsForResource";
        }

        @Override
        public Optional<String> concerns() {
            return Optional.of(account.id());
        }
    }

    /**
     * One contact of one account, on its own: when it fails it hides no other.
     *
     * @param standalone true if Account Management wants to be asked about it without its id
     */
    record ReadContact(String accountId, String accountName, boolean standalone, ContactType type)
            implements ContactsTask {
        public ReadContact {
            requireNonNull(accountId, "accountId is null");
            requireNonNull(accountName, "accountName is null");
            requireNonNull(type, "type is null");
        }

        @Override
        public String operation() {
            return switch (type) {
                case ROOT -> "GetPrimaryEmail";
                case PRIMARY -> "GetContactInformation";
                case BILLING, OPERATIONS, SECURITY -> "GetAlternateContact";
            };
        }

        @Override
        public Optional<String> concerns() {
            return Optional.of(accountId);
        }

        @Override
        public String description() {
            return operation() + " " + type + " of account " + accountId;
        }

        @Override
        public String subject() {
            return type.name();
        }
    }

    /**
     * Position in the list of all accounts. It remembers what it has seen, so that an account that is listed twice counts
     * once, even after a resumption, and a circular list ends.
     *
     * @param token the token of the next page; empty for the first
     * @param usedTokens tokens of the previous pages
     * @param known ids of all accounts listed
     * @param barren number of pages in a row that had only known accounts
     */
    record AccountCursor(Optional<String> token, Set<String> usedTokens, Set<String> known, int barren) {
        /** Enough for a list that shifts while it is read; a list that keeps serving the same page has ended. */
        private static final int MOST_BARREN = 5;

        /** More, at 20 accounts each, than an organization can have. */
        private static final int MOST_PAGES = 10_000;

        public AccountCursor {
            requireNonNull(token, "token is null");
            usedTokens = Set.copyOf(usedTokens);
            known = Set.copyOf(known);
        }

        static AccountCursor first() {
            return new AccountCursor(Optional.empty(), Set.of(), Set.of(), 0);
        }

        /** The accounts of a page that have not been listed before, each once. */
        List<MemberAccount> unknown(List<MemberAccount> page) {
            Set<String> seen = new HashSet<>(known);
            return page.stream().filter(account -> seen.add(account.id())).toList();
        }

        /** True if a page that promises more has only known accounts. */
        boolean repeats(List<MemberAccount> page, Optional<String> next) {
            return next.isPresent() && !page.isEmpty() && unknown(page).isEmpty();
        }

        /** True if the list leads back to an earlier page, or nowhere. */
        boolean circular(List<MemberAccount> page, Optional<String> next) {
            return next.isPresent()
                    && (next.get().isEmpty()
                            || next.equals(token)
                            || usedTokens.contains(next.get())
                            || usedTokens.size() >= MOST_PAGES
                            || (repeats(page, next) && barren + 1 >= MOST_BARREN));
        }

        /** The position after a page; empty at the end, which a circular list also has. */
        Optional<AccountCursor> after(List<MemberAccount> page, Optional<String> next) {
            if (next.isEmpty() || circular(page, next)) {
                return Optional.empty();
            }
            Set<String> tokens = new HashSet<>(usedTokens);
            token.ifPresent(tokens::add);
            Set<String> accounts = new HashSet<>(known);
            page.forEach(account -> accounts.add(account.id()));
            return Optional.of(new AccountCursor(next, tokens, accounts, repeats(page, next) ? barren + 1 : 0));
        }
    }
}
