package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import dev.muster.contacts.Contact;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.ContactType;
import dev.muster.contacts.MemberAccount;
import dev.muster.contacts.OrganizationIdentity;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.contacts.Selection;
import dev.muster.engine.Demand;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Step;
import dev.muster.engine.TaskPolicy;
import dev.muster.engine.limit.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * From the organization to its accounts, page by page, and from each account to its contacts, one task each. ROOT comes with
 * the account list. The plan remembers nothing: all state is in the tasks.
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
            return met(find.organization(), found.accounts(), List.of());
        } else if (task instanceof ContactsTask.WalkUnits walk) {
            return walked(walk, result);
        } else if (task instanceof ContactsTask.ReadTags read && result instanceof ContactsResult.Tags tags) {
            return tagged(read, tags.tags());
        } else if (result instanceof ContactsResult.Read read) {
            return Step.of(ContactsPartial.ofRead(read.contact().stream().toList()));
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

    /** A walk goes on behind a unit that cannot be read, and so cannot wait for the end. */
    @Override
    public boolean keptForResumption(ContactsTask task) {
        return !(task instanceof ContactsTask.WalkUnits);
    }

    @Override
    public TaskPolicy terms(ContactsTask task) {
        // A hedge would spend a token of the quota that a contact not yet asked for could have used.
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
        return List.of(new ContactsTask.ListAccounts(organization, Optional.empty()));
    }

    private Step<ContactsTask, ContactsPartial> listed(ContactsTask.ListAccounts list, ContactsResult.Accounts page) {
        List<ContactsTask> onward = page.nextToken().stream()
                .<ContactsTask>map(token -> new ContactsTask.ListAccounts(list.organization(), Optional.of(token)))
                .toList();
        return met(list.organization(), page.accounts(), onward);
    }

    private Step<ContactsTask, ContactsPartial> walked(ContactsTask.WalkUnits task, ContactsResult result) {
        OrgUnitCursor walk = task.walk();
        if (result instanceof ContactsResult.Accounts page) {
            OrgUnitCursor next = walk.afterAccounts(page.accounts(), page.nextToken());
            List<ContactsTask> onward = onward(task.organization(), Optional.of(next));
            return met(task.organization(), walk.unknown(page.accounts()), onward);
        } else if (result instanceof ContactsResult.Units page) {
            return Step.next(onward(task.organization(), walk.afterUnits(page.ids(), page.nextToken())));
        }
        throw new IllegalArgumentException(result + " is no answer to " + task);
    }

    private static List<ContactsTask> onward(OrganizationIdentity organization, Optional<OrgUnitCursor> walk) {
        return walk.stream()
                .<ContactsTask>map(next -> new ContactsTask.WalkUnits(organization, next))
                .toList();
    }

    /** Accounts have become known; {@code onward} leads to more of them. */
    private Step<ContactsTask, ContactsPartial> met(
            OrganizationIdentity organization, List<MemberAccount> accounts, List<ContactsTask> onward) {
        List<MemberAccount> selected =
                accounts.stream().filter(selection::takes).toList();
        List<ContactsTask> next = new ArrayList<>(onward);
        if (selection.needsTags()) {
            selected.forEach(
                    account -> next.add(new ContactsTask.ReadTags(account, organization.standalone(account.id()))));
            return Step.next(next);
        }
        selected.forEach(account -> next.addAll(reads(account, organization.standalone(account.id()))));
        return Step.of(ContactsPartial.ofAccounts(selected, roots(selected), List.of()), next);
    }

    private Step<ContactsTask, ContactsPartial> tagged(ContactsTask.ReadTags task, Map<String, String> tags) {
        if (!selection.takes(tags)) {
            return Step.next(List.of());
        }
        List<MemberAccount> account = List.of(task.account());
        List<AccountTags> wanted =
                selection.withTags() ? List.of(new AccountTags(task.account().id(), tags)) : List.of();
        return Step.of(
                ContactsPartial.ofAccounts(account, roots(account), wanted), reads(task.account(), task.standalone()));
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
