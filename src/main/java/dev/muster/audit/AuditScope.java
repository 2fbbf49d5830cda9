package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Scope of an audit.
 *
 * @param caller the id of the account whose credentials the run began with; empty if it could not be found out
 * @param roleName the role to enter other accounts of the organization by; empty to audit the caller's account only
 * @param accounts ids of the accounts to audit, repetitions ignored; empty for all of the organization, or for the
 *     caller's without a role
 * @param prefix beginning of the keys to count; empty for all
 * @param versions whether to count noncurrent versions and delete markers
 * @param uploads whether to count incomplete multipart uploads
 * @param directoryBuckets whether to include the directory buckets of the home region
 * @param timeout longest time for one task
 * @param filter the objects that count
 */
public record AuditScope(
        String caller,
        Optional<String> roleName,
        List<String> accounts,
        BucketFilter buckets,
        String prefix,
        boolean versions,
        boolean uploads,
        boolean directoryBuckets,
        Duration timeout,
        ObjectFilter filter) {
    /** The scope of an audit that counts every object. */
    public AuditScope(
            String caller,
            Optional<String> roleName,
            List<String> accounts,
            BucketFilter buckets,
            String prefix,
            boolean versions,
            boolean uploads,
            boolean directoryBuckets,
            Duration timeout) {
        this(
                caller,
                roleName,
                accounts,
                buckets,
                prefix,
                versions,
                uploads,
                directoryBuckets,
                timeout,
                ObjectFilter.NONE);
    }

    public AuditScope {
        requireNonNull(caller, "caller is null");
        requireNonNull(roleName, "roleName is null");
        accounts = List.copyOf(new LinkedHashSet<>(accounts));
        requireNonNull(buckets, "buckets is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(filter, "filter is null");
    }
}
