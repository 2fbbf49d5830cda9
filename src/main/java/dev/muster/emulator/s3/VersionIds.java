package dev.muster.emulator.s3;

import dev.muster.emulator.keys.ObjectFacts;
import java.util.concurrent.atomic.AtomicLong;

/** Opaque ids of versions and uploads; each is greater than those before it. */
final class VersionIds {
    private final AtomicLong last = new AtomicLong();

    String next() {
        long number = last.incrementAndGet();
        return String.format("%012x%016x", number, ObjectFacts.mix(number));
    }
}
