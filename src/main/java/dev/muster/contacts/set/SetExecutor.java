package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.Organizations;
import dev.muster.contacts.ContactCalls;
import dev.muster.contacts.DenialGuard;
import dev.muster.contacts.Diagnosis;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes one change. The clients stay the caller's to close. */
public final class SetExecutor implements Executor<SetTask, SetResult> {
    private final AwsClients clients;
    private final ErrorClassifier classifier;
    private final Organizations organizations;
    private final ContactCalls accounts;
    private final DenialGuard guard = new DenialGuard();

    public SetExecutor(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients is null");
        this.classifier = new ErrorClassifier(clients.settings());
        this.organizations = new Organizations(clients);
        this.accounts = new ContactCalls(clients);
    }

    @Override
    public CompletableFuture<SetResult> execute(SetTask change) {
        return clients.call(() -> {
            try {
                make(change);
                guard.succeeded(change.operation(), change.own());
                return new SetResult();
            } catch (RuntimeException error) {
                throw new TaskException(failure(change, error), error);
            }
        });
    }

    private void make(SetTask change) {
        if (change instanceof SetTask.Put put) {
            accounts.put(new ContactCalls.Target(put.accountId(), put.after().accountName(), put.own()), put.after());
        } else if (change instanceof SetTask.Delete delete) {
            accounts.delete(new ContactCalls.Target(delete.accountId(), "", delete.own()), delete.type());
        } else if (change instanceof SetTask.Tag tag && tag.after().isPresent()) {
            organizations.tag(tag.accountId(), tag.key(), tag.after().get());
        } else if (change instanceof SetTask.Tag tag) {
            organizations.untag(tag.accountId(), tag.key());
        }
    }

    private Failure failure(SetTask change, RuntimeException error) {
        String attempt = change.operation() + " " + change.subject() + " of account " + change.accountId();
        Failure classified = classifier.classify(error, attempt);
        if (change instanceof SetTask.Tag) {
            return classified;
        }
        return guard.failed(
                change.operation(), change.own(), Diagnosis.of(classified, change.operation(), Optional.empty()));
    }
}
