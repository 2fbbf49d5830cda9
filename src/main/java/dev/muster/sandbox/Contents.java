package dev.muster.sandbox;

import static java.util.Objects.requireNonNull;

import dev.muster.sandbox.keys.KeyGenerator;
import java.util.List;

/** What is in a bucket at the start. */
public sealed interface Contents {
    /** Objects in memory, which clients may change. */
    record Stored(List<StoredObject> objects) implements Contents {
        public Stored {
            objects = List.copyOf(objects);
        }
    }

    /** Objects made up on the fly, any number of them; the bucket refuses to be written. */
    record Generated(KeyGenerator keys) implements Contents {
        public Generated {
            requireNonNull(keys, "keys is null");
        }
    }
}
