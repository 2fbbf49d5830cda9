package dev.muster.contacts.set;

import dev.muster.aws.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.ContactType;
import dev.muster.contacts.collect.ContactsPartial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Difference between desired and present state. A line about something that could not be read is invalid: what is not known
 * can be neither kept nor restored.
 */
public final class StateDiff {
    /** AWS wants a phone number and has no way to say that there is none; {@code --missing} takes this for what it is. */
    private static final String NO_PHONE = "0";

    private final ContactsPartial present;
    private final Map<String, MemberAccount> accounts = new HashMap<>();
    private final Map<String, Contact> contacts = new HashMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final Map<String, ContactFailure> failures = new HashMap<>();
    private final List<SetTask> changes = new ArrayList<>();
    private final List<InvalidLine> invalid = new ArrayList<>();
    private long same;

    private StateDiff(ContactsPartial present) {
        this.present = present;
        present.accounts().forEach(account -> accounts.put(account.id(), account));
        present.contacts().forEach(contact -> contacts.put(key(contact.accountId(), contact.type()), contact));
        present.tags().forEach(tag -> tags.put(tag.accountId(), tag.tags()));
        present.failures()
                .forEach(failure -> failures.put(failure.accountId().orElse("") + "/" + failure.subject(), failure));
    }

    /** Compares with a summary that keeps contacts, of a run over {@link DesiredState#selection()}. */
    public static SetPreview of(DesiredState desiredState, ContactsPartial present) {
        StateDiff diff = new StateDiff(present);
        diff.invalid.addAll(desiredState.invalid());
        desiredState.all().forEach(diff::add);
        List<InvalidLine> invalid = diff.invalid.stream()
                .distinct()
                .sorted(Comparator.comparingInt(InvalidLine::line))
                .toList();
        return new SetPreview(diff.changes, diff.same, invalid);
    }

    private void add(DesiredContact desiredContact) {
        MemberAccount account = accounts.get(desiredContact.accountId());
        Optional<ContactFailure> unread = Optional.ofNullable(
                        failures.get(desiredContact.accountId() + "/" + desiredContact.subject()))
                .filter(failure -> !contacts.containsKey(desiredContact.accountId() + "/" + desiredContact.subject()));
        if (account == null) {
            invalid.add(new InvalidLine(desiredContact.line(), withoutAccount(desiredContact)));
        } else if (desiredContact.restores()) {
            restore(desiredContact, account);
        } else if (unread.isPresent()) {
            invalid.add(new InvalidLine(
                    desiredContact.line(),
                    "what is there now could not be read: " + unread.get().message()));
        } else if (desiredContact instanceof DesiredContact.Put put) {
            add(put, account);
        } else if (desiredContact instanceof DesiredContact.Delete delete) {
            Optional<Contact> before = Optional.ofNullable(contacts.get(key(account.id(), delete.type())));
            take(before.map(contact -> new SetTask.Delete(account.id(), delete.type(), before, standalone(account))));
        } else if (desiredContact instanceof DesiredContact.Tag tag) {
            Optional<String> before = Optional.ofNullable(
                    tags.getOrDefault(account.id(), Map.of()).get(tag.key()));
            take(Optional.of(new SetTask.Tag(account.id(), tag.key(), before, tag.value()))
                    .filter(change -> !change.before().equals(change.after())));
        }
    }

    /** Restores what was there; reads may be older than the change that is undone, and decide nothing. */
    private void restore(DesiredContact desiredContact, MemberAccount account) {
        if (desiredContact instanceof DesiredContact.Put put) {
            DesiredContact.Fields fields = put.fields();
            Contact after = new Contact(
                    account.id(),
                    account.name(),
                    put.type(),
                    fields.email(),
                    fields.name(),
                    fields.title(),
                    fields.phone(),
                    Map.of());
            Optional<Contact> before = Optional.ofNullable(contacts.get(key(account.id(), put.type())));
            changes.add(new SetTask.Put(before, after, List.of(), standalone(account)));
        } else if (desiredContact instanceof DesiredContact.Delete delete) {
            Optional<Contact> before = Optional.ofNullable(contacts.get(key(account.id(), delete.type())));
            changes.add(new SetTask.Delete(account.id(), delete.type(), before, standalone(account)));
        } else if (desiredContact instanceof DesiredContact.Tag tag) {
            Optional<String> before = Optional.ofNullable(
                    tags.getOrDefault(account.id(), Map.of()).get(tag.key()));
            changes.add(new SetTask.Tag(account.id(), tag.key(), before, tag.value()));
        }
    }

    private void add(DesiredContact.Put desiredContact, MemberAccount account) {
        Optional<Contact> before = Optional.ofNullable(contacts.get(key(account.id(), desiredContact.type())));
        Optional<String> email = desiredContact.fields().email().or(() -> before.flatMap(Contact::emailAddress));
        if (email.isEmpty()) {
            invalid.add(new InvalidLine(
                    desiredContact.line(),
                    "account " + account.id() + " has no " + desiredContact.type()
                            + " contact whose address could be kept: give" + " email_address"));
            return;
        }
        List<String> filledIn = new ArrayList<>();
        Contact after = new Contact(
                account.id(),
                account.name(),
                desiredContact.type(),
                email,
                Optional.of(keep(
                        desiredContact.fields().name(),
                        before.flatMap(Contact::name),
                        "name",
                        name(account),
                        filledIn)),
                Optional.of(keep(
                        desiredContact.fields().title(),
                        before.flatMap(Contact::title),
                        "title",
                        title(desiredContact),
                        filledIn)),
                Optional.of(keep(
                        desiredContact.fields().phone(), before.flatMap(Contact::phone), "phone", NO_PHONE, filledIn)),
                Map.of());
        take(Optional.of(new SetTask.Put(before, after, filledIn, standalone(account)))
                .filter(change -> !before.equals(Optional.of(after))));
    }

    private void take(Optional<? extends SetTask> change) {
        if (change.isPresent()) {
            changes.add(change.get());
        } else {
            same++;
        }
    }

    private static String keep(
            Optional<String> wished, Optional<String> before, String field, String otherwise, List<String> filledIn) {
        return wished.or(() -> before).orElseGet(() -> {
            filledIn.add(field);
            return otherwise;
        });
    }

    private String withoutAccount(DesiredContact desiredContact) {
        ContactFailure failure = failures.getOrDefault(
                desiredContact.accountId() + "/DescribeAccount",
                failures.get(desiredContact.accountId() + "/ListTagsForResource"));
        return failure == null || failure.code().equals("AccountNotFoundException")
                ? "there is no account " + desiredContact.accountId() + " in this organization"
                : "account " + desiredContact.accountId() + " could not be read: " + failure.message();
    }

    private boolean standalone(MemberAccount account) {
        return present.organization().orElseThrow().standalone(account.id());
    }

    private static String name(MemberAccount account) {
        String name = account.name().isBlank() ? account.id() : account.name();
        return name.length() > FieldRules.NAME_LENGTH ? name.substring(0, FieldRules.NAME_LENGTH) : name;
    }

    private static String title(DesiredContact.Put desiredContact) {
        String type = desiredContact.type().name();
        return type.charAt(0) + type.substring(1).toLowerCase(Locale.ROOT) + " contact";
    }

    private static String key(String accountId, ContactType type) {
        return accountId + "/" + type;
    }
}
