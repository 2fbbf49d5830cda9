package dev.muster.contacts.set;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.set.DesiredState.InvalidLine;
import dev.muster.contacts.set.SetFile.FieldRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Difference between desired and present state. A line about something that could not be read is invalid: what is not
 * known can be neither kept nor restored.
 */
public final class StateDiff {
    /**
     * AWS requires a phone number and has no way to say that there is none; {@code --missing} recognizes this as a
     * placeholder.
     */
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

    /**
     * Compares the desired state with the summary of a run over {@link DesiredState#selection()} that keeps contacts.
     */
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

    private void add(DesiredContact desired) {
        MemberAccount account = accounts.get(desired.accountId());
        Optional<String> problem = account == null ? Optional.of(withoutAccount(desired)) : problem(desired);
        if (problem.isPresent()) {
            invalid.add(new InvalidLine(desired.line(), problem.get()));
            return;
        }
        SetTask change = change(desired, account);
        if (desired.restores() || change.needed()) {
            changes.add(change);
        } else {
            same++;
        }
    }

    /** Problem of a line; none for one that restores, as reads may be older than the change that it undoes. */
    private Optional<String> problem(DesiredContact desired) {
        if (desired.restores()) {
            return Optional.empty();
        }
        String subject = desired.accountId() + "/" + desired.subject();
        if (failures.containsKey(subject) && !contacts.containsKey(subject)) {
            return Optional.of("what is there now could not be read: "
                    + failures.get(subject).message());
        }
        return desired.match(this::withoutAddress, delete -> Optional.empty(), tag -> Optional.empty());
    }

    private Optional<String> withoutAddress(DesiredContact.Put put) {
        return address(put).isPresent()
                ? Optional.empty()
                : Optional.of("account " + put.accountId() + " has no " + put.type()
                        + " contact whose address could be kept: give email_address");
    }

    private Optional<String> address(DesiredContact.Put put) {
        return put.fields().email().or(() -> before(put.accountId(), put.type()).flatMap(Contact::emailAddress));
    }

    private SetTask change(DesiredContact desired, MemberAccount account) {
        boolean own = present.organization().orElseThrow().standalone(account.id());
        return desired.match(
                put -> put.restores() ? restored(put, account, own) : changed(put, account, own),
                delete -> new SetTask.Delete(account.id(), delete.type(), before(account.id(), delete.type()), own),
                tag -> new SetTask.Tag(
                        account.id(),
                        tag.key(),
                        Optional.ofNullable(
                                tags.getOrDefault(account.id(), Map.of()).get(tag.key())),
                        tag.value()));
    }

    private Optional<Contact> before(String accountId, ContactType type) {
        return Optional.ofNullable(contacts.get(key(accountId, type)));
    }

    private SetTask restored(DesiredContact.Put put, MemberAccount account, boolean own) {
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
        return new SetTask.Put(before(account.id(), put.type()), after, List.of(), own);
    }

    /**
     * The changed contact: fields that the line does not give stay; those that AWS requires and nobody gives are filled
     * in.
     */
    private SetTask changed(DesiredContact.Put put, MemberAccount account, boolean own) {
        Optional<Contact> before = before(account.id(), put.type());
        DesiredContact.Fields fields = put.fields();
        List<String> filledIn = new ArrayList<>();
        String name = keep(fields.name(), before.flatMap(Contact::name), "name", name(account), filledIn);
        String title = keep(fields.title(), before.flatMap(Contact::title), "title", title(put), filledIn);
        String phone = keep(fields.phone(), before.flatMap(Contact::phone), "phone", NO_PHONE, filledIn);
        Contact after = new Contact(
                account.id(),
                account.name(),
                put.type(),
                address(put),
                Optional.of(name),
                Optional.of(title),
                Optional.of(phone),
                Map.of());
        return new SetTask.Put(before, after, filledIn, own);
    }

    private static String keep(
            Optional<String> given, Optional<String> before, String field, String otherwise, List<String> filledIn) {
        return given.or(() -> before).orElseGet(() -> {
            filledIn.add(field);
            return otherwise;
        });
    }

    private String withoutAccount(DesiredContact desired) {
        ContactFailure failure = failures.getOrDefault(
                desired.accountId() + "/DescribeAccount", failures.get(desired.accountId() + "/ListTagsForResource"));
        return failure == null || failure.code().equals("AccountNotFoundException")
                ? "there is no account " + desired.accountId() + " in this organization"
                : "account " + desired.accountId() + " could not be read: " + failure.message();
    }

    private static String name(MemberAccount account) {
        String name = account.name().isBlank() ? account.id() : account.name();
        return name.length() > FieldRules.NAME_LENGTH ? name.substring(0, FieldRules.NAME_LENGTH) : name;
    }

    private static String title(DesiredContact.Put put) {
        String type = put.type().name();
        return type.charAt(0) + type.substring(1).toLowerCase(Locale.ROOT) + " contact";
    }

    private static String key(String accountId, ContactType type) {
        return accountId + "/" + type;
    }

    /**
     * Preview of what carrying out a file would change.
     *
     * @param changes what would change, in the file's order
     * @param same number of lines whose state is reached already
     * @param invalid lines that cannot be carried out
     */
    public record SetPreview(List<SetTask> changes, long same, List<InvalidLine> invalid) {
        public SetPreview {
            changes = List.copyOf(changes);
            invalid = List.copyOf(invalid);
        }
    }
}
