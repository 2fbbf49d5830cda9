package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.aws.MemberAccount;
import dev.muster.aws.OrganizationIdentity;
import dev.muster.contacts.ContactType;
import java.util.Optional;

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
}
