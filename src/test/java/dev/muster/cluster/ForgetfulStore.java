package dev.muster.cluster;

import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Loses the answer to writes of runs that were done; those of their parts are answered. */
final class ForgetfulStore implements KeyValueStore {
    private final KeyValueStore store;
    private final AtomicBoolean loseAnswer;

    ForgetfulStore(KeyValueStore store, AtomicBoolean loseAnswer) {
        this.store = store;
        this.loseAnswer = loseAnswer;
    }

    @Override
    public Optional<Stored> read(String name) throws IOException {
        return store.read(name);
    }

    @Override
    public Optional<byte[]> readHead(String name, int most) throws IOException {
        return store.readHead(name, most);
    }

    @Override
    public String write(String name, byte[] content, Optional<String> expected) throws IOException {
        String tag = store.write(name, content, expected);
        if (loseAnswer.get() && !name.contains("/")) {
            throw new IOException("the connection was lost");
        }
        return tag;
    }

    @Override
    public List<String> list() throws IOException {
        return store.list();
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return store.list(folder);
    }

    @Override
    public void delete(String name) throws IOException {
        store.delete(name);
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void close() {
        store.close();
    }
}
