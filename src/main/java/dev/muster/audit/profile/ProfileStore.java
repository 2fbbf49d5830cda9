package dev.muster.audit.profile;

import java.util.Optional;

/**
 * Store of bucket profiles, from one run to the next. A profile that is wrong, old or missing costs speed, never a key.
 */
public interface ProfileStore {
    /** A store that keeps nothing. */
    ProfileStore NONE = new ProfileStore() {
        @Override
        public Optional<BucketProfile> recall(String account, String bucket) {
            return Optional.empty();
        }

        @Override
        public void listed(String account, String bucket, BucketProfile learned) {}
    };

    /** Profile of a bucket from an earlier run. Reads a small file at most; never fails. */
    Optional<BucketProfile> recall(String account, String bucket);

    /** Notes a bucket that was listed from its first key to its last. Returns at once. */
    void listed(String account, String bucket, BucketProfile learned);
}
