package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.contacts.Contact;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Result of a {@link ContactsTask}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ContactsResult.Found.class, name = "organization"),
    @JsonSubTypes.Type(value = ContactsResult.Accounts.class, name = "accounts"),
    @JsonSubTypes.Type(value = ContactsResult.Units.class, name = "units"),
    @JsonSubTypes.Type(value = ContactsResult.Tags.class, name = "tags"),
    @JsonSubTypes.Type(value = ContactsResult.Read.class, name = "contact")
})
public sealed interface ContactsResult {
    record Found(OrganizationIdentity organization) implements ContactsResult {
        public Found {
            requireNonNull(organization, "organization is null");
        }
    }

    /**
     * A page of accounts. It may be empty but not the last: only a missing token means that.
     *
     * @param nameless descriptions of entries without an id
     */
    record Accounts(List<MemberAccount> accounts, List<String> nameless, Optional<String> nextToken)
            implements ContactsResult {
        public Accounts {
            accounts = List.copyOf(accounts);
            nameless = List.copyOf(nameless);
            requireNonNull(nextToken, "nextToken is null");
        }
    }

    /** A page of ids of units; see {@link Accounts}. */
    record Units(List<String> ids, List<String> nameless, Optional<String> nextToken) implements ContactsResult {
        public Units {
            ids = List.copyOf(ids);
            nameless = List.copyOf(nameless);
            requireNonNull(nextToken, "nextToken is null");
        }
    }

    record Tags(Map<String, String> tags) implements ContactsResult {
        public Tags {
            tags = Map.copyOf(tags);
        }
    }

    /** A contact; empty if the account has none of that type. */
    record Read(Optional<Contact> contact) implements ContactsResult {
        public Read {
            requireNonNull(contact, "contact is null");
        }
    }
}
