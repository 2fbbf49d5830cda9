package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.Organizations;
import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.UnreadableAnswers;
import dev.muster.contacts.ContactCalls;
import dev.muster.contacts.Diagnosis;
import dev.muster.contacts.Diagnosis.DenialGuard;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends a task's request once, and interprets refusals. The clients are closed by the caller. */
public final class ContactsExecutor implements Executor<ContactsTask, ContactsResult> {
    private final AwsClients clients;
    private final ErrorClassifier classifier;
    private final Organizations organizations;
    private final ContactCalls accounts;
    private final DenialGuard guard = new DenialGuard();
    private final UnreadableAnswers<ContactsTask> unreadable = new UnreadableAnswers<>();

    public ContactsExecutor(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients is null");
        this.classifier = new ErrorClassifier(clients.settings());
        this.organizations = new Organizations(clients);
        this.accounts = new ContactCalls(clients);
    }

    @Override
    public CompletableFuture<ContactsResult> execute(ContactsTask task) {
        return clients.call(() -> {
            try {
                ContactsResult answer = answer(task);
                unreadable.done(task, System.nanoTime());
                if (task instanceof ContactsTask.ReadContact read) {
                    guard.succeeded(read.operation(), read.standalone());
                }
                return answer;
            } catch (RuntimeException error) {
                throw new TaskException(failure(task, error), error);
            }
        });
    }

    private ContactsResult answer(ContactsTask task) {
        if (task instanceof ContactsTask.ReadContact read) {
            return new ContactsResult.Read(accounts.read(
                    new ContactCalls.Target(read.accountId(), read.accountName(), read.standalone()), read.type()));
        } else if (task instanceof ContactsTask.ListAccounts list) {
            return accounts(organizations.listAccounts(list.cursor().token()));
        } else if (task instanceof ContactsTask.WalkUnits walk) {
            return walked(walk.walk());
        } else if (task instanceof ContactsTask.FindAccount find) {
            return new ContactsResult.Accounts(
                    List.of(organizations.describeAccount(find.accountId())), List.of(), Optional.empty());
        } else if (task instanceof ContactsTask.ReadTags read) {
            return new ContactsResult.Tags(organizations.tags(read.account().id()));
        }
        return new ContactsResult.Found(organizations.describe());
    }

    private ContactsResult walked(OrgUnitCursor walk) {
        if (walk.inAccounts()) {
            return accounts(organizations.listAccountsIn(walk.unit(), walk.token()));
        }
        Organizations.Page<String> page = organizations.listUnitsIn(walk.unit(), walk.token());
        return new ContactsResult.Units(page.items(), page.nameless(), page.nextToken());
    }

    private static ContactsResult accounts(Organizations.Page<MemberAccount> page) {
        return new ContactsResult.Accounts(page.items(), page.nameless(), page.nextToken());
    }

    private Failure failure(ContactsTask task, RuntimeException error) {
        Failure classified =
                unreadable.judged(task, classifier.classify(error, task.description()), error, System.nanoTime());
        Failure diagnosed = Diagnosis.of(classified, task.operation(), task.askedOrganization());
        return task instanceof ContactsTask.ReadContact read
                ? guard.failed(read.operation(), read.standalone(), diagnosed)
                : diagnosed;
    }
}
