package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.Organizations;
import dev.muster.contacts.ContactCalls;
import dev.muster.contacts.Diagnosis;
import dev.muster.contacts.Diagnosis.DenialGuard;
import dev.muster.contacts.set.SetJob.SetResult;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes one change. The clients are closed by the caller. */
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
                change.match(this::put, this::delete, this::tag);
                guard.succeeded(change.operation(), change.own());
                return new SetResult();
            } catch (RuntimeException error) {
                throw new TaskException(failure(change, error), error);
            }
        });
    }

    private Void put(SetTask.Put put) {
        accounts.put(new ContactCalls.Target(put.accountId(), put.after().accountName(), put.own()), put.after());
        return null;
    }

    private Void delete(SetTask.Delete delete) {
        accounts.delete(new ContactCalls.Target(delete.accountId(), "", delete.own()), delete.type());
        return null;
    }

    private Void tag(SetTask.Tag tag) {
        if (tag.after().isPresent()) {
            organizations.tag(tag.accountId(), tag.key(), tag.after().get());
        } else {
            organizations.untag(tag.accountId(), tag.key());
        }
        return null;
    }

    private Failure failure(SetTask change, RuntimeException error) {
        String attempt = change.operation() + " " + change.subject() + " of account " + change.accountId();
        Failure classified = classifier.classify(error, attempt);
        return change.match(
                put -> diagnosed(put, classified), delete -> diagnosed(delete, classified), tag -> classified);
    }

    private Failure diagnosed(SetTask change, Failure failure) {
        return guard.failed(
                change.operation(), change.own(), Diagnosis.of(failure, change.operation(), Optional.empty()));
    }
}
