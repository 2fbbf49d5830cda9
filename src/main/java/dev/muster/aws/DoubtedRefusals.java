package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.ErrorClassifier.CredentialUse;
import dev.muster.aws.ErrorClassifier.Reason;
import dev.muster.engine.Failure.Kind;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Doubts refusals of what was granted a moment ago: among hundreds of good answers some servers report a bad signature, an
 * unknown key or a missing bucket, and proxies send pages of their own. Such a refusal is marked as one that may pass; one
 * that lasts is believed, unless it is a proxy's and nothing else is heard of the service. Credentials that are refused are
 * fetched again. Thread-safe.
 */
final class DoubtedRefusals implements ExecutionInterceptor {
    /** A refusal that lasts longer is believed. */
    static final long PATIENCE_NANOS = 20_000_000_000L;

    /** Credentials that are expired still when they were fetched again, which takes a moment, will stay so. */
    private static final long EXPIRED_NANOS = 2_500_000_000L;

    /** So long after its last good answer the service counts as heard. */
    private static final long RECENT_NANOS = PATIENCE_NANOS / 2;

    /** Grants, and refusals, that are remembered: a run may ask about a million buckets. */
    private static final int MOST_REMEMBERED = 10_000;

    /** Fields of requests that say what they are about. */
    private static final String[] SUBJECTS = {
        "Bucket", "QueueUrl", "TopicArn", "AccountId", "ResourceId", "ParentId", "RoleArn"
    };

    /** The access that requests of one kind need. */
    private record Access(String service, String operation, String subject) {
        /** Credentials and clock, without which there is no access at all. */
        private static final Access ANY = new Access("", "", "");
    }

    private final AwsSettings settings;
    private final Runnable renewCredentials;
    private final LongSupplier nanoTime;
    private final Set<Access> granted = Collections.newSetFromMap(BoundedMap.ofAtMost(MOST_REMEMBERED));
    private final Map<Access, Long> refusedSince = BoundedMap.ofAtMost(MOST_REMEMBERED);
    private volatile boolean anyGranted;
    private volatile long lastGrant;

    /** @param nanoTime a monotonic clock */
    DoubtedRefusals(AwsSettings settings, Runnable renewCredentials, LongSupplier nanoTime) {
        this.settings = requireNonNull(settings, "settings is null");
        this.renewCredentials = requireNonNull(renewCredentials, "renewCredentials is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        Access access = access(context.request(), attributes);
        granted.add(access);
        anyGranted = true;
        lastGrant = nanoTime.getAsLong();
        refusedSince.remove(access);
        refusedSince.remove(Access.ANY);
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof AwsServiceException refusal
                && doubts(access(context.request(), attributes), refusal)) {
            refusal.addSuppressed(new Doubt());
        }
        return context.exception();
    }

    /** Tells whether an error is a refusal that may pass. */
    static boolean isMarked(Throwable error) {
        return Stream.of(error.getSuppressed()).anyMatch(Doubt.class::isInstance);
    }

    private boolean doubts(Access access, AwsServiceException refusal) {
        Reason reason = ServiceErrorClassifier.of(refusal, settings, CredentialUse.HOME);
        boolean foreign = ServiceErrorClassifier.isForeign(refusal);
        boolean refused = reason.kind() == Kind.DENIED
                || reason.kind() == Kind.UNFIT
                || ServiceErrorClassifier.ofMissingSubject(reason.code())
                || foreign;
        boolean all = reason.kind() == Kind.UNFIT;
        Access needed = all ? Access.ANY : access;
        if (!refused || !(all ? anyGranted : granted.contains(access))) {
            return false;
        } else if (all) {
            renewCredentials.run();
        }
        long now = nanoTime.getAsLong();
        Long since = refusedSince.putIfAbsent(needed, now);
        boolean unheard = foreign && now - lastGrant > RECENT_NANOS;
        long patience = ServiceErrorClassifier.isExpired(reason.code()) ? EXPIRED_NANOS : PATIENCE_NANOS;
        if (since == null || now - since < patience || unheard) {
            return true;
        }
        refusedSince.remove(needed);
        return false;
    }

    private static Access access(SdkRequest request, ExecutionAttributes attributes) {
        String subject = Stream.of(SUBJECTS)
                .flatMap(field -> request.getValueForField(field, Object.class).stream())
                .map(String::valueOf)
                .findFirst()
                .orElse("");
        return new Access(
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                subject);
    }

    /** Mark of a refusal that may pass: the SDK lets no error be replaced by one of another class. */
    private static final class Doubt extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Doubt() {
            super("it was granted a moment ago", null, false, false);
        }
    }
}
