package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import dev.muster.emulator.keys.KeyGenerator;
import java.util.List;

/** Contents of a bucket at the start. */
public sealed interface BucketContents {
    /** Objects in memory, which clients may change. */
    record Stored(List<StoredObject> objects) implements BucketContents {
        public Stored {
            objects = List.copyOf(objects);
        }
    }

    /** Objects made up on the fly, any number of them; the bucket refuses to be written. */
    record Generated(KeyGenerator keys) implements BucketContents {
        public Generated {
            requireNonNull(keys, "keys is null");
        }
    }
}
