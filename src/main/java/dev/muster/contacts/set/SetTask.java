package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One request that changes something; repeating it has no further effect. It contains the former state. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SetTask.Put.class, name = "put"),
    @JsonSubTypes.Type(value = SetTask.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = SetTask.Tag.class, name = "tag")
})
public sealed interface SetTask {
    String accountId();

    /** The contact's type, or the tag. */
    String subject();

    /** True if it is about the caller's own account, which must be named without its id. */
    default boolean own() {
        return false;
    }

    /** The API operation, which is also the name of the request quota. */
    String operation();

    /** True if the change would alter what was read. */
    boolean needed();

    /** Applies the function for this kind of change. */
    <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag);

    /**
     * Puts a contact.
     *
     * @param filledIn fields that neither the file nor a present contact has, but AWS requires
     */
    record Put(Optional<Contact> before, Contact after, List<String> filledIn, boolean own) implements SetTask {
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

        @Override
        public boolean needed() {
            return !before.equals(Optional.of(after));
        }

        @Override
        public <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag) {
            return put.apply(this);
        }
    }

    /**
     * Deletes a contact.
     *
     * @param before the contact as it was read; empty if a rollback deletes what reads do not show
     */
    record Delete(String accountId, ContactType type, Optional<Contact> before, boolean own) implements SetTask {
        public Delete {
            requireNonNull(accountId, "accountId is null");
            requireNonNull(type, "type is null");
            requireNonNull(before, "before is null");
        }

        @Override
        public String subject() {
            return type.name();
        }

        @Override
        public String operation() {
            return "DeleteAlternateContact";
        }

        @Override
        public boolean needed() {
            return before.isPresent();
        }

        @Override
        public <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag) {
            return delete.apply(this);
        }
    }

    /** Sets one tag of an account, or removes it where {@code after} is empty; the account's other tags stay. */
    record Tag(String accountId, String key, Optional<String> before, Optional<String> after) implements SetTask {
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

        @Override
        public boolean needed() {
            return !before.equals(after);
        }

        @Override
        public <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag) {
            return tag.apply(this);
        }
    }
}
