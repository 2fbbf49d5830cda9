package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

import dev.muster.contacts.Contact.ContactType;
import java.util.Optional;
import java.util.function.Function;

/** Desired state of an account by a line of the file. */
sealed interface DesiredContact {
    /** The line's number, from 1. */
    int line();

    String accountId();

    /** The contact's type or the tag; there must be only one line about it. */
    String subject();

    /** True if the line restores what was there, whatever is read now. */
    boolean restores();

    /** Applies the function for this kind of state. */
    <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag);

    /** A contact with these fields; an empty field keeps its present value, or is restored as empty. */
    record Put(int line, String accountId, ContactType type, Fields fields, boolean restores)
            implements DesiredContact {
        public Put {
            requireNonNull(accountId, "accountId is null");
            requireNonNull(type, "type is null");
            requireNonNull(fields, "fields is null");
        }

        @Override
        public String subject() {
            return type.name();
        }

        @Override
        public <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag) {
            return put.apply(this);
        }
    }

    /** No contact of this type. */
    record Delete(int line, String accountId, ContactType type, boolean restores) implements DesiredContact {
        public Delete {
            requireNonNull(accountId, "accountId is null");
            requireNonNull(type, "type is null");
        }

        @Override
        public String subject() {
            return type.name();
        }

        @Override
        public <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag) {
            return delete.apply(this);
        }
    }

    /** A tag of the account with this value, or no such tag. */
    record Tag(int line, String accountId, String key, Optional<String> value, boolean restores)
            implements DesiredContact {
        public Tag {
            requireNonNull(accountId, "accountId is null");
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }

        @Override
        public String subject() {
            return "tag " + key;
        }

        @Override
        public <X> X match(Function<Put, X> put, Function<Delete, X> delete, Function<Tag, X> tag) {
            return tag.apply(this);
        }
    }

    /** The fields of a contact that a line gives. */
    record Fields(Optional<String> email, Optional<String> name, Optional<String> title, Optional<String> phone) {
        boolean none() {
            return email.isEmpty() && name.isEmpty() && title.isEmpty() && phone.isEmpty();
        }
    }
}
