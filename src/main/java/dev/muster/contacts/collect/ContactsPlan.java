package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.contacts.Selection;
import dev.muster.contacts.collect.ContactsPartial.AccountTags;
import dev.muster.contacts.collect.ContactsTask.AccountCursor;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.limit.RateLimiter.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plan from the organization to its accounts, page by page, and from each account to its contacts, one task each. ROOT
 * comes with the account list. The plan has no memory: all state is in the tasks.
 */
public final class ContactsPlan implements Plan<ContactsTask, ContactsResult, ContactsPartial> {
    private final Selection selection;
    private final RequestQuotaTable quotas;
    private final Duration timeout;

    /** @param timeout for one request */
    public ContactsPlan(Selection selection, RequestQuotaTable quotas, Duration timeout) {
        this.selection = requireNonNull(selection, "selection is null");
        this.quotas = requireNonNull(quotas, "quotas is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    @Override
    public List<ContactsTask> seeds() {
        return List.of(new ContactsTask.FindOrganization());
    }

    @Override
    public Step<ContactsTask, ContactsPartial> completed(ContactsTask task, ContactsResult result, Demand demand) {
        if (result instanceof ContactsResult.Found found) {
            return Step.of(ContactsPartial.ofOrganization(found.organization()), firstTasks(found.organization()));
        } else if (task instanceof ContactsTask.ListAccounts list && result instanceof ContactsResult.Accounts page) {
            return listed(list, page);
        } else if (task instanceof ContactsTask.FindAccount find && result instanceof ContactsResult.Accounts found) {
            return met(find.organization(), found.accounts(), List.of(), List.of());
        } else if (task instanceof ContactsTask.WalkUnits walk) {
            return walked(walk, result);
        } else if (task instanceof ContactsTask.ReadTags read && result instanceof ContactsResult.Tags tags) {
            return tagged(read, tags.tags());
        } else if (task instanceof ContactsTask.ReadContact asked && result instanceof ContactsResult.Read read) {
            List<ContactFailure> gaps = read.contact().stream()
                    .flatMap(contact -> gaps(asked, contact).stream())
                    .toList();
            return Step.of(ContactsPartial.ofRead(read.contact().stream().toList(), gaps));
        }
        throw new IllegalArgumentException(result + " is no answer to " + task);
    }

    @Override
    public Step<ContactsTask, ContactsPartial> abandoned(ContactsTask task, Failure failure) {
        ContactFailure record = new ContactFailure(task.concerns(), task.subject(), failure.code(), failure.message());
        ContactsPartial partial = ContactsPartial.ofFailure(record, task instanceof ContactsTask.ReadContact);
        if (task instanceof ContactsTask.WalkUnits walk) {
            return Step.of(partial, onward(walk.organization(), walk.walk().afterFailure()));
        }
        return Step.of(partial);
    }

    /**
     * All but walks of units are kept: a walk continues after a unit that cannot be read, and so cannot wait for the
     * end.
     */
    @Override
    public boolean keptForResumption(ContactsTask task) {
        return !(task instanceof ContactsTask.WalkUnits);
    }

    @Override
    public TaskPolicy terms(ContactsTask task) {
        // A hedge would spend a token of the quota that another contact could have used.
        return new TaskPolicy(
                task.operation(), timeout, quotas.of(task.operation()).isEmpty());
    }

    @Override
    public Optional<Quota> quota(String resource) {
        return quotas.of(resource);
    }

    private List<ContactsTask> firstTasks(OrganizationIdentity organization) {
        if (!selection.units().isEmpty()) {
            return List.of(new ContactsTask.WalkUnits(organization, OrgUnitCursor.from(selection.units())));
        }
        if (!selection.accounts().isEmpty()) {
            return new TreeSet<>(selection.accounts())
                    .stream()
                            .<ContactsTask>map(id -> new ContactsTask.FindAccount(organization, id))
                            .toList();
        }
        return List.of(new ContactsTask.ListAccounts(organization, AccountCursor.first()));
    }

    private Step<ContactsTask, ContactsPartial> listed(ContactsTask.ListAccounts list, ContactsResult.Accounts page) {
        AccountCursor cursor = list.cursor();
        List<ContactsTask> onward = cursor.after(page.accounts(), page.nextToken()).stream()
                .<ContactsTask>map(next -> new ContactsTask.ListAccounts(list.organization(), next))
                .toList();
        List<ContactFailure> failures = nameless(list, "an account ", page.nameless());
        if (cursor.circular(page.accounts(), page.nextToken())) {
            failures.add(failure(list, "NoProgress", noProgress(page.nextToken())));
        } else if (cursor.repeats(page.accounts(), page.nextToken())) {
            failures.add(failure(list, "RepeatedPage", "a page came twice: accounts may be missing"));
        }
        return met(list.organization(), cursor.unknown(page.accounts()), onward, failures);
    }

    private Step<ContactsTask, ContactsPartial> walked(ContactsTask.WalkUnits task, ContactsResult result) {
        OrgUnitCursor walk = task.walk();
        if (result instanceof ContactsResult.Accounts page) {
            OrgUnitCursor next = walk.afterAccounts(page.accounts(), page.nextToken());
            List<ContactsTask> onward = onward(task.organization(), Optional.of(next));
            List<ContactFailure> failures = nameless(task, "an account ", page.nameless());
            failures.addAll(circles(task, page.nextToken()));
            return met(task.organization(), walk.unknown(page.accounts()), onward, failures);
        } else if (result instanceof ContactsResult.Units page) {
            List<ContactFailure> failures = nameless(task, "a unit ", page.nameless());
            failures.addAll(circles(task, page.nextToken()));
            return Step.of(
                    ContactsPartial.ofAccounts(List.of(), List.of(), List.of(), failures),
                    onward(task.organization(), walk.afterUnits(page.ids(), page.nextToken())));
        }
        throw new IllegalArgumentException(result + " is no answer to " + task);
    }

    private static List<ContactFailure> circles(ContactsTask.WalkUnits task, Optional<String> next) {
        return task.walk().circular(next) ? List.of(failure(task, "NoProgress", noProgress(next))) : List.of();
    }

    private static String noProgress(Optional<String> next) {
        return (next.filter(String::isEmpty).isPresent()
                        ? "a full page says that it is the last, and is not"
                        : "the list leads back to where it was")
                + ": accounts may be missing";
    }

    private static List<ContactFailure> nameless(ContactsTask task, String kind, List<String> entries) {
        return entries.stream()
                .map(entry -> failure(task, "MalformedAnswer", kind + entry + " has no Id and is left out"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Failures for fields that must have a value but are missing from the answer; the contact is written with what is
     * known.
     */
    private static List<ContactFailure> gaps(ContactsTask.ReadContact task, Contact contact) {
        List<String> missing = new ArrayList<>();
        if (contact.type() != ContactType.PRIMARY && contact.emailAddress().isEmpty()) {
            missing.add("EmailAddress");
        }
        if (contact.type() != ContactType.ROOT) {
            if (contact.name().isEmpty()) {
                missing.add(contact.type() == ContactType.PRIMARY ? "FullName" : "Name");
            }
            if (contact.phone().isEmpty()) {
                missing.add("PhoneNumber");
            }
        }
        return missing.isEmpty()
                ? List.of()
                : List.of(failure(task, "MalformedAnswer", "the answer is without " + String.join(", ", missing)));
    }

    private static ContactFailure failure(ContactsTask task, String code, String reason) {
        return new ContactFailure(task.concerns(), task.subject(), code, task.description() + " failed: " + reason);
    }

    private static List<ContactsTask> onward(OrganizationIdentity organization, Optional<OrgUnitCursor> walk) {
        return walk.stream()
                .<ContactsTask>map(next -> new ContactsTask.WalkUnits(organization, next))
                .toList();
    }

    /** The step after accounts have been found; {@code onward} leads to more of them. */
    private Step<ContactsTask, ContactsPartial> met(
            OrganizationIdentity organization,
            List<MemberAccount> accounts,
            List<ContactsTask> onward,
            List<ContactFailure> failures) {
        List<MemberAccount> selected =
                accounts.stream().filter(selection::takes).toList();
        List<ContactsTask> next = new ArrayList<>(onward);
        if (selection.needsTags()) {
            selected.forEach(
                    account -> next.add(new ContactsTask.ReadTags(account, organization.standalone(account.id()))));
            return Step.of(ContactsPartial.ofAccounts(List.of(), List.of(), List.of(), failures), next);
        }
        selected.forEach(account -> next.addAll(reads(account, organization.standalone(account.id()))));
        return Step.of(ContactsPartial.ofAccounts(selected, roots(selected), List.of(), failures), next);
    }

    private Step<ContactsTask, ContactsPartial> tagged(ContactsTask.ReadTags task, Map<String, String> tags) {
        if (!selection.takes(tags)) {
            return Step.next(List.of());
        }
        List<MemberAccount> account = List.of(task.account());
        List<AccountTags> wanted =
                selection.withTags() ? List.of(new AccountTags(task.account().id(), tags)) : List.of();
        return Step.of(
                ContactsPartial.ofAccounts(account, roots(account), wanted, List.of()),
                reads(task.account(), task.standalone()));
    }

    private List<ContactsTask> reads(MemberAccount account, boolean standalone) {
        List<ContactsTask> reads = new ArrayList<>();
        if (account.email().isEmpty()) {
            reads.add(read(account, standalone, ContactType.ROOT));
        }
        selection.orderedTypes().forEach(type -> reads.add(read(account, standalone, type)));
        return reads;
    }

    private static ContactsTask read(MemberAccount account, boolean standalone, ContactType type) {
        return new ContactsTask.ReadContact(account.id(), account.name(), standalone, type);
    }

    private static List<Contact> roots(List<MemberAccount> accounts) {
        return accounts.stream()
                .filter(account -> account.email().isPresent())
                .map(account -> Contact.root(
                        account.id(), account.name(), account.email().get()))
                .toList();
    }
}
