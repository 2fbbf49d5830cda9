package dev.muster.audit;

import dev.muster.audit.prefix.GroupKind;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.BucketRegions;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.UnreadableAnswers;
import dev.muster.aws.s3.ListingParser.ListingDetail;
import dev.muster.aws.s3.ObjectLister;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.regions.Region;

/** Sends the requests of an audit. Never retries; fails with classified errors. */
public final class AuditExecutor implements Executor<AuditTask, AuditResult> {
    private final AwsClients clients;
    private final AccessHistory history;
    private final UnreadableAnswers<AuditTask> unreadable = new UnreadableAnswers<>();
    private final AccountCredentials identities;
    private final AccountLister accounts;
    private final PageLister pages;
    private final DirectoryLister directories;
    private final UploadLister uploads;
    private final ErrorClassifier classifier;
    private final String home;

    /** An executor that uses the clients; closing them is up to the caller. */
    public AuditExecutor(AwsClients clients, AuditScope scope, TopListSettings lists, ProfileStore learning) {
        this(clients, scope, lists, learning, detail(lists));
    }

    /** An executor that reads a given extent of each entry. */
    public AuditExecutor(
            AwsClients clients, AuditScope scope, TopListSettings lists, ProfileStore learning, ListingDetail detail) {
        this.clients = clients;
        this.identities = new AccountCredentials(clients, scope);
        this.accounts = new AccountLister(clients, identities, scope.buckets(), learning);
        this.pages = new PageLister(new ObjectLister(clients, detail), identities, scope, lists, EntryCollector.NONE);
        this.directories = new DirectoryLister(clients, identities, scope, lists);
        this.uploads = new UploadLister(clients, identities, scope, lists);
        this.classifier = new ErrorClassifier(clients.settings());
        this.home = clients.home().id();
        this.history = new AccessHistory(home);
    }

    private static ListingDetail detail(TopListSettings lists) {
        return lists.breakdown().groupings().contains(GroupKind.OWNER)
                ? ListingDetail.WITH_OWNERS
                : ListingDetail.FOR_TOTALS;
    }

    @Override
    public CompletableFuture<AuditResult> execute(AuditTask task) {
        return execute(task, EntryCollector.NONE);
    }

    /** Starts a task whose entries are collected; the collector has all of them when the future completes. */
    public CompletableFuture<AuditResult> execute(AuditTask task, EntryCollector entries) {
        CompletableFuture<AuditResult> call = call(task, entries);
        CompletableFuture<AuditResult> answer = call.handle((result, error) -> {
            if (error != null) {
                return recover(task, error);
            }
            granted(task, result);
            return result;
        });
        // Cancels the request when the worker gives up on it.
        var unused = answer.whenComplete((finding, error) -> call.cancel(true));
        return answer;
    }

    private void granted(AuditTask task, AuditResult result) {
        history.granted(task);
        unreadable.done(task, System.nanoTime());
        if (result instanceof AuditResult.Buckets found) {
            found.buckets().forEach(bucket -> history.listed(bucket.name()));
        }
    }

    private CompletableFuture<AuditResult> call(AuditTask task, EntryCollector entries) {
        if (task instanceof AuditTask.ListRange list) {
            return pages.collecting(entries).objects(list);
        } else if (task instanceof AuditTask.ListVersions list) {
            return pages.collecting(entries).versions(list);
        } else if (task instanceof AuditTask.ProbePrefix probe) {
            return pages.names(probe);
        } else if (task instanceof AuditTask.CheckCut check) {
            return check.listing() == AuditTask.Listing.UPLOADS ? uploads.check(check) : pages.check(check);
        } else if (task instanceof AuditTask.ListBuckets list) {
            return accounts.buckets(list);
        } else if (task instanceof AuditTask.ListAccounts list) {
            return accounts.accounts(list);
        } else if (task instanceof AuditTask.ListDirectory list) {
            return directories.objects(list, entries);
        } else if (task instanceof AuditTask.ListDirectoryBuckets list) {
            return directories.buckets(list);
        } else if (task instanceof AuditTask.FindRegion find) {
            return accounts.region(find);
        } else if (task instanceof AuditTask.ListUploads list) {
            return uploads.uploads(list);
        } else if (task instanceof AuditTask.SumParts sum) {
            return uploads.parts(sum);
        }
        throw new IllegalArgumentException("no request for a task of " + task.getClass());
    }

    /**
     * Follows a bucket to another region, once. A failed probe counts as one without findings and is not retried.
     * Everything else is a failure.
     */
    private AuditResult recover(AuditTask task, Throwable error) {
        if (task instanceof AuditTask.InBucket work && !work.target().moved()) {
            Optional<String> elsewhere = BucketRegions.named(error)
                    .map(Region::id)
                    .filter(region -> !region.equals(work.target().region()));
            if (elsewhere.isPresent()) {
                return new AuditResult.Elsewhere(elsewhere.get());
            }
        }
        Failure failure = judged(task, classify(task, error), error);
        if (task instanceof AuditTask.ProbePrefix && failure.kind() == Failure.Kind.TRANSIENT) {
            return AuditResult.Names.UNKNOWN;
        }
        throw new TaskException(failure, error);
    }

    /**
     * Has a request repeated that is refused although it was granted a moment ago, with fresh credentials and a
     * corrected clock.
     */
    private Failure judged(AuditTask task, Failure failure, Throwable error) {
        boolean ofCredentials = ErrorClassifier.ofCredentials(failure);
        long now = System.nanoTime();
        Failure judged = history.judged(task, failure, ofCredentials, now);
        if (ofCredentials && judged.kind() == Failure.Kind.TRANSIENT) {
            clients.renew(identities.of(task.account()), error);
        }
        return unreadable.judged(task, judged, error, now);
    }

    private Failure classify(AuditTask task, Throwable error) {
        String attempted = task.description();
        if (identities.assumed(task.account())) {
            return classifier.classifyAssumed(error, attempted);
        }
        boolean abroad = task instanceof AuditTask.InBucket work
                && !work.target().region().equals(home);
        return abroad ? classifier.classifyAbroad(error, attempted) : classifier.classify(error, attempted);
    }
}
