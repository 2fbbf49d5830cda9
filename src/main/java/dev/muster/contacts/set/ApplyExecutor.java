package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.contacts.Contact;
import dev.muster.contacts.ContactCalls;
import dev.muster.contacts.DenialGuard;
import dev.muster.contacts.Diagnosis;
import dev.muster.contacts.OrganizationCalls;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes one change. The clients stay the caller's to close. */
public final class ApplyExecutor implements Executor<Change, ApplyJob.Made> {
    private final AwsClients clients;
    private final ErrorClassifier classifier;
    private final OrganizationCalls organizations;
    private final ContactCalls accounts;
    private final DenialGuard guard = new DenialGuard();

    public ApplyExecutor(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients is null");
        this.classifier = new ErrorClassifier(clients.settings());
        this.organizations = new OrganizationCalls(clients);
        this.accounts = new ContactCalls(clients);
    }

    @Override
    public CompletableFuture<ApplyJob.Made> execute(Change change) {
        return clients.call(() -> {
            try {
                make(change);
                guard.succeeded(change.operation());
                return new ApplyJob.Made();
            } catch (RuntimeException error) {
                throw new TaskException(failure(change, error), error);
            }
        });
    }

    private void make(Change change) {
        if (change instanceof Change.Put put) {
            accounts.put(target(put.after(), put.standalone()), put.after());
        } else if (change instanceof Change.Delete delete) {
            accounts.delete(
                    target(delete.before(), delete.standalone()),
                    delete.before().type());
        } else if (change instanceof Change.Tag tag && tag.after().isPresent()) {
            organizations.tag(tag.accountId(), tag.key(), tag.after().get());
        } else if (change instanceof Change.Tag tag) {
            organizations.untag(tag.accountId(), tag.key());
        }
    }

    private static ContactCalls.Target target(Contact contact, boolean standalone) {
        return new ContactCalls.Target(contact.accountId(), contact.accountName(), standalone);
    }

    private Failure failure(Change change, RuntimeException error) {
        String attempt = change.operation() + " " + change.subject() + " of account " + change.accountId();
        Failure classified = classifier.classify(error, attempt);
        if (change instanceof Change.Tag) {
            return classified;
        }
        return guard.failed(change.operation(), Diagnosis.of(classified, change.operation(), Optional.empty()));
    }
}
