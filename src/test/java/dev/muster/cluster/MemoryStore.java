package dev.muster.cluster;

import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Objects in memory; reading and writing fail on demand. */
final class MemoryStore implements KeyValueStore {
    private final SortedMap<String, Stored> objects = new TreeMap<>();
    private boolean broken;
    private final Set<String> kept = new HashSet<>();
    private long writes;

    synchronized void breakDown() {
        broken = true;
    }

    /** Refuses to delete an object. */
    synchronized void keep(String name) {
        kept.add(name);
    }

    synchronized void recover() {
        broken = false;
    }

    @Override
    public synchronized Optional<Stored> read(String name) throws IOException {
        refuseWhileBroken();
        return Optional.ofNullable(objects.get(name));
    }

    @Override
    public synchronized Optional<byte[]> readHead(String name, int most) throws IOException {
        return read(name).map(stored -> Arrays.copyOf(stored.content(), Math.min(most, stored.content().length)));
    }

    @Override
    public synchronized String write(String name, byte[] content, Optional<String> expected) throws IOException {
        refuseWhileBroken();
        if (!Optional.ofNullable(objects.get(name)).map(Stored::tag).equals(expected)) {
            throw new ConflictException(name + " was written by another coordinator");
        }
        writes++;
        objects.put(name, new Stored(content, Long.toString(writes)));
        return Long.toString(writes);
    }

    private void refuseWhileBroken() throws IOException {
        if (broken) {
            throw new IOException("the store is broken");
        }
    }

    @Override
    public synchronized List<String> list() {
        return objects.keySet().stream().filter(name -> !name.contains("/")).toList();
    }

    @Override
    public synchronized List<String> list(String folder) {
        return objects.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .toList();
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        if (kept.contains(name)) {
            throw new IOException(name + " is locked");
        }
        objects.remove(name);
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public void close() {}
}
