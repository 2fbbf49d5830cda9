package dev.muster.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Sums;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A part of an audit's result, from one page to the whole run. Memory grows with accounts, buckets and failures, never
 * with objects. Mutable, and not for concurrent use. Jackson can read it, with keys exact to the byte.
 */
public final class AuditPartial {
    /** A bucket's entry in JSON, whose maps have text keys only. */
    record Row(BucketId id, BucketStats stats) {}

    private final SortedSet<String> accounts = new TreeSet<>();
    private final SortedMap<BucketId, BucketStats> buckets = new TreeMap<>();
    private final SortedMap<AuditFailure, AuditFailure> failures = new TreeMap<>(AuditFailure.ALIKE);
    private final SortedSet<String> matched = new TreeSet<>();
    private long bucketsDone;
    private long objects;
    private long bytes;

    public AuditPartial() {}

    @JsonCreator
    AuditPartial(
            @JsonProperty("accounts") Collection<String> accounts,
            @JsonProperty("buckets") Collection<Row> buckets,
            @JsonProperty("failures") Collection<AuditFailure> failures,
            @JsonProperty("matched") Collection<String> matched,
            @JsonProperty("bucketsDone") long bucketsDone) {
        this.accounts.addAll(accounts);
        buckets.forEach(row -> add(row.id(), row.stats(), Integer.MAX_VALUE));
        failures.forEach(this::add);
        this.matched.addAll(matched);
        this.bucketsDone = bucketsDone;
    }

    /** Adds an account, so that it has a row even without buckets. */
    public AuditPartial account(String account) {
        accounts.add(account);
        return this;
    }

    /** Adds a bucket and what is known about it, so that it has a row even without objects. */
    public AuditPartial bucket(BucketId id, BucketFacts facts) {
        add(id, new BucketStats(facts, ObjectTally.NONE, ListingMode.IN_PARTS), Integer.MAX_VALUE);
        return this;
    }

    /** Adds what was counted in a bucket. */
    public AuditPartial tally(BucketId id, ObjectTally tally) {
        return tally(id, tally, ListingMode.IN_PARTS);
    }

    /** Adds what was counted in a bucket in a mode. */
    AuditPartial tally(BucketId id, ObjectTally tally, ListingMode mode) {
        add(id, new BucketStats(BucketFacts.UNKNOWN, tally, mode), Integer.MAX_VALUE);
        return this;
    }

    /** Adds a task that was given up, and names its account and bucket. */
    public AuditPartial failure(AuditFailure failure) {
        add(failure);
        accounts.add(failure.account());
        if (failure.bucket() != null) {
            bucket(new BucketId(failure.account(), failure.bucket()), BucketFacts.UNKNOWN);
        }
        return this;
    }

    /** Notes patterns of {@link BucketFilter} that match a bucket. */
    AuditPartial matched(Collection<String> patterns) {
        matched.addAll(patterns);
        return this;
    }

    /** Notes that a bucket's last task has ended. */
    AuditPartial bucketDone() {
        bucketsDone++;
        return this;
    }

    /** Adds another partial, which stays unchanged; takes time proportional to the other partial. */
    void merge(AuditPartial other, int limit) {
        accounts.addAll(other.accounts);
        other.buckets.forEach((id, stats) -> add(id, stats, limit));
        other.failures.values().forEach(this::add);
        matched.addAll(other.matched);
        bucketsDone = Sums.add(bucketsDone, other.bucketsDone);
    }

    private void add(AuditFailure failure) {
        failures.merge(failure, failure, AuditFailure::plus);
    }

    private void add(BucketId id, BucketStats stats, int limit) {
        accounts.add(id.account());
        BucketStats before = buckets.get(id);
        BucketStats after = before == null ? stats : before.plus(stats, limit);
        buckets.put(id, after);
        ObjectSum added = after.tally().current();
        ObjectSum replaced = before == null ? ObjectSum.NONE : before.tally().current();
        objects += added.objects() - replaced.objects();
        bytes += added.bytes() - replaced.bytes();
    }

    /** Number of current objects in all buckets. */
    long objects() {
        return objects;
    }

    /** Bytes of the current objects in all buckets. */
    long bytes() {
        return bytes;
    }

    @JsonProperty
    public Collection<String> accounts() {
        return List.copyOf(accounts);
    }

    int accountsKnown() {
        return accounts.size();
    }

    /** The buckets in order of account and name. */
    public SortedMap<BucketId, BucketStats> buckets() {
        return Collections.unmodifiableSortedMap(buckets);
    }

    @JsonProperty("buckets")
    List<Row> rows() {
        return buckets.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The failures in order, without those of buckets that have been listed again since. */
    @JsonProperty
    public List<AuditFailure> failures() {
        return failures.values().stream().filter(this::counts).toList();
    }

    private boolean counts(AuditFailure failure) {
        if (failure.bucket() == null) {
            return true;
        }
        BucketStats stats = buckets.get(new BucketId(failure.account(), failure.bucket()));
        return failure.mode().compareTo(stats.mode()) >= 0;
    }

    /** The patterns of {@link BucketFilter} that matched a bucket. */
    @JsonProperty
    public Collection<String> matched() {
        return List.copyOf(matched);
    }

    /** Number of buckets whose last task has ended, successfully or not. */
    @JsonProperty
    public long bucketsDone() {
        return bucketsDone;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuditPartial that
                && accounts.equals(that.accounts)
                && buckets.equals(that.buckets)
                && failures().equals(that.failures())
                && matched.equals(that.matched)
                && bucketsDone == that.bucketsDone;
    }

    @Override
    public int hashCode() {
        return Objects.hash(accounts, buckets, failures(), matched, bucketsDone);
    }
}
