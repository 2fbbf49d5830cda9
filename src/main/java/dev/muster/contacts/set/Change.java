package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.contacts.Contact;
import java.util.List;
import java.util.Optional;

/** One request that changes something; repeating it changes nothing more. It knows what was there before. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Put.class, name = "put"),
    @JsonSubTypes.Type(value = Change.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = Change.Tag.class, name = "tag")
})
public sealed interface Change {
    String accountId();

    /** The contact's type, or the tag. */
    String subject();

    /** The API operation, which is also the name of the request quota. */
    String operation();

    /**
     * Puts a contact.
     *
     * @param filledIn fields that neither the file nor a present contact gives, but AWS wants
     * @param standalone whether the account must be named by no id
     */
    record Put(Optional<Contact> before, Contact after, List<String> filledIn, boolean standalone) implements Change {
        public Put {
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
            filledIn = List.copyOf(filledIn);
        }

        @Override
        public String accountId() {
            return after.accountId();
        }

        @Override
        public String subject() {
            return after.type().name();
        }

        @Override
        public String operation() {
            return "PutAlternateContact";
        }
    }

    record Delete(Contact before, boolean standalone) implements Change {
        public Delete {
            requireNonNull(before, "before is null");
        }

        @Override
        public String accountId() {
            return before.accountId();
        }

        @Override
        public String subject() {
            return before.type().name();
        }

        @Override
        public String operation() {
            return "DeleteAlternateContact";
        }
    }

    /** Sets one tag of an account, or removes it where {@code after} is empty; the account's other tags stay. */
    record Tag(String accountId, String key, Optional<String> before, Optional<String> after) implements Change {
        public Tag {
            requireNonNull(accountId, "accountId is null");
            requireNonNull(key, "key is null");
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
        }

        @Override
        public String subject() {
            return "tag " + key;
        }

        @Override
        public String operation() {
            return after.isPresent() ? "TagResource" : "UntagResource";
        }
    }
}
