package dev.muster.audit.learn;

import java.util.Optional;

/** What runs learn of buckets, from one to the next. It costs speed, never a key, where it is wrong, old, or missing. */
public interface Learning {
    /** Neither remembers nor learns. */
    Learning NONE = new Learning() {
        @Override
        public Optional<LearnedBucket> recall(String account, String bucket) {
            return Optional.empty();
        }

        @Override
        public void listed(String account, String bucket, LearnedBucket learned) {}
    };

    /** What an earlier run has learned of a bucket. Reads a small file at most; never fails. */
    Optional<LearnedBucket> recall(String account, String bucket);

    /** Takes note of a bucket that was listed from its first key to its last. Returns at once. */
    void listed(String account, String bucket, LearnedBucket learned);
}
