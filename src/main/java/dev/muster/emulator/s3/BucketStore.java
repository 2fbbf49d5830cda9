package dev.muster.emulator.s3;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.BucketContents;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.s3.ObjectVersion.VersionIds;
import dev.muster.emulator.s3.StoredCatalogue.WriteCondition;
import dev.muster.emulator.server.Access.Scope;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply.Blob;
import dev.muster.emulator.server.ServiceError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** All buckets of the cloud, in one name space for all accounts. */
final class BucketStore {
    private final Map<String, Bucket> byName = new ConcurrentSkipListMap<>();
    private final VersionIds versionIds;

    BucketStore(Estate estate, VersionIds versionIds) {
        this.versionIds = versionIds;
        for (PracticeAccount account : estate.accounts()) {
            account.buckets().forEach(bucket -> byName.put(bucket.name(), bucket(account.id(), bucket)));
        }
    }

    /** A bucket of the caller in the region that the request is signed for. */
    Bucket require(Call call, String name) {
        Bucket bucket = requireAnyRegion(call, name);
        if (!bucket.region().equals(call.scope().map(Scope::region).orElse(bucket.region()))) {
            throw S3Errors.wrongRegion(bucket);
        }
        return bucket;
    }

    Bucket requireAnyRegion(Call call, String name) {
        Bucket bucket = byName.get(name);
        if (bucket == null) {
            throw S3Errors.noSuchBucket(name);
        }
        if (!bucket.owner().equals(call.signer().account().id())) {
            throw S3Errors.accessDenied(bucket);
        }
        return bucket;
    }

    /** Buckets of an account, sorted by name. */
    List<Bucket> ownedBy(String account) {
        return byName.values().stream()
                .filter(bucket -> bucket.owner().equals(account))
                .toList();
    }

    void create(String name, String region, String owner, Instant now) {
        Bucket fresh = new Bucket(name, region, owner, now, Set.of(), new StoredCatalogue(false), new Uploads());
        Bucket present = byName.putIfAbsent(name, fresh);
        if (present != null) {
            throw present.owner().equals(owner)
                    ? new ServiceError(409, "BucketAlreadyOwnedByYou", "The bucket is yours already.")
                    : new ServiceError(409, "BucketAlreadyExists", "The requested bucket name is not available.");
        }
    }

    void delete(Bucket bucket) {
        if (!bucket.writable().isEmpty()) {
            throw new ServiceError(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }
        byName.remove(bucket.name());
    }

    private Bucket bucket(String owner, PracticeBucket plan) {
        Uploads uploads = new Uploads();
        plan.uploads().forEach(uploads::seed);
        return new Bucket(plan.name(), plan.region(), owner, plan.created(), plan.denied(), catalogue(plan), uploads);
    }

    private Catalogue catalogue(PracticeBucket plan) {
        if (plan.contents() instanceof BucketContents.Generated generated) {
            return new GeneratedCatalogue(generated.keys());
        }
        StoredCatalogue stored = new StoredCatalogue(plan.versioned());
        for (StoredObject object : ((BucketContents.Stored) plan.contents()).objects()) {
            stored.put(object.key(), version(object, plan.versioned()), WriteCondition.NONE);
        }
        return stored;
    }

    private ObjectVersion version(StoredObject object, boolean versioned) {
        String id = versioned ? versionIds.next() : ObjectVersion.NO_VERSION;
        if (object.deleteMarker()) {
            return ObjectVersion.marker(id, object.modified());
        }
        String etag = object.content() instanceof Blob.Bytes content
                ? ETags.of(content.bytes())
                : String.format(
                        "%016x%016x-2",
                        object.key().hashCode(), object.content().size());
        return new ObjectVersion(
                id,
                object.content(),
                etag,
                object.modified(),
                object.storageClass(),
                false,
                "binary/octet-stream",
                Map.of());
    }
}
