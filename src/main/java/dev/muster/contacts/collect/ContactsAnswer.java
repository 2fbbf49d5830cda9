package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.contacts.Contact;
import dev.muster.contacts.MemberAccount;
import dev.muster.contacts.Organization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the task of the same order yields. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ContactsAnswer.Found.class, name = "organization"),
    @JsonSubTypes.Type(value = ContactsAnswer.Accounts.class, name = "accounts"),
    @JsonSubTypes.Type(value = ContactsAnswer.Units.class, name = "units"),
    @JsonSubTypes.Type(value = ContactsAnswer.Tags.class, name = "tags"),
    @JsonSubTypes.Type(value = ContactsAnswer.Read.class, name = "contact")
})
public sealed interface ContactsAnswer {
    record Found(Organization organization) implements ContactsAnswer {
        public Found {
            requireNonNull(organization, "organization is null");
        }
    }

    /** A page of accounts. It may be empty and yet not the last: only a missing token says that. */
    record Accounts(List<MemberAccount> accounts, Optional<String> nextToken) implements ContactsAnswer {
        public Accounts {
            accounts = List.copyOf(accounts);
            requireNonNull(nextToken, "nextToken is null");
        }
    }

    /** A page of ids of units; see {@link Accounts} for its end. */
    record Units(List<String> ids, Optional<String> nextToken) implements ContactsAnswer {
        public Units {
            ids = List.copyOf(ids);
            requireNonNull(nextToken, "nextToken is null");
        }
    }

    record Tags(Map<String, String> tags) implements ContactsAnswer {
        public Tags {
            tags = Map.copyOf(tags);
        }
    }

    /** Empty where the account has no such contact. */
    record Read(Optional<Contact> contact) implements ContactsAnswer {
        public Read {
            requireNonNull(contact, "contact is null");
        }
    }
}
