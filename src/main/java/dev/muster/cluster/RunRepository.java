package dev.muster.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.CheckpointStore.SupersededException;
import dev.muster.store.ContentParts;
import dev.muster.store.ContentParts.Part;
import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All runs of a {@link KeyValueStore}: one object each, which names the parts of its checkpoint and its result. */
final class RunRepository {
    private static final Logger LOG = LoggerFactory.getLogger(RunRepository.class);
    private static final String SUFFIX = ".run";
    private static final Pattern PART = Pattern.compile(".*/(\\d{1,18})-\\d+");
    private static final int TAKE_OVER_TRIES = 10;
    /** Bytes to read for a record: enough for all but the longest. */
    private static final int HEAD = 16 * 1024;

    private static final int READERS = 8;

    private final KeyValueStore store;

    public RunRepository(KeyValueStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    /** The members of the cluster, as they are remembered beside the runs. */
    ClusterRoster roster() {
        return new ClusterRoster(store);
    }

    /** The names of all runs, including ended ones. */
    public List<String> list() throws IOException {
        List<String> runs = new ArrayList<>();
        for (String name : store.list()) {
            if (name.endsWith(SUFFIX)) {
                runs.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        }
        return runs;
    }

    /** Stores a run, so that it outlives its coordinator. Repeating this has no effect: returns what is there. */
    public RunRecord submit(RunRecord record) throws IOException {
        try {
            store.write(name(record.run()), SavedRun.of(record).encode(), Optional.empty());
            return record;
        } catch (KeyValueStore.ConflictException e) {
            return read(record.run()).orElseThrow(() -> e).record();
        }
    }

    /** Record of a run, read without the names of its parts. */
    public Optional<RunRecord> record(String run) throws IOException {
        Optional<byte[]> head = store.readHead(name(run), HEAD);
        if (head.isPresent() && head.get().length == HEAD && SavedRun.endOfRecord(head.get()) == HEAD) {
            return read(run).map(SavedRun::record);
        }
        return head.isEmpty() ? Optional.empty() : Optional.of(SavedRun.record(name(run), head.get()));
    }

    /** The records of runs, several read at a time, as there may be hundreds. Unreadable ones are missing. */
    public List<RunRecord> records(Collection<String> runs) {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<CompletableFuture<Optional<RunRecord>>> reads = runs.stream()
                    .map(run -> CompletableFuture.supplyAsync(() -> readable(run), readers))
                    .toList();
            return reads.stream().flatMap(read -> read.join().stream()).toList();
        } finally {
            readers.shutdown();
        }
    }

    private Optional<RunRecord> readable(String run) {
        try {
            return record(run);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public Optional<SavedRun> read(String run) throws IOException {
        Optional<KeyValueStore.Stored> stored = store.read(name(run));
        return stored.isEmpty()
                ? Optional.empty()
                : Optional.of(SavedRun.decode(name(run), stored.get().content()));
    }

    /** A checkpoint or a result, read part by part. */
    InputStream content(List<Part> parts) {
        return ContentParts.read(store, parts);
    }

    /** The bytes of a part of a checkpoint or a result. */
    byte[] content(Part part) throws IOException {
        return ContentParts.read(store, part);
    }

    public void forget(String run) throws IOException {
        for (String part : store.list(folder(run))) {
            store.delete(part);
        }
        store.delete(name(run));
    }

    /**
     * Makes the caller the run's coordinator: the previous one can no longer write.
     *
     * @throws SupersededException if the run has ended meanwhile
     * @throws IOException if it cannot be read or written
     */
    public RunState takeOver(String run) throws IOException {
        for (int attempt = 1; ; attempt++) {
            KeyValueStore.Stored stored =
                    store.read(name(run)).orElseThrow(() -> new SupersededException("run " + run + " is gone"));
            SavedRun saved = SavedRun.decode(name(run), stored.content());
            if (saved.record().ended()) {
                throw new SupersededException("run " + run + " has ended");
            }
            SavedRun ours = saved.with(saved.record().withEpoch(saved.record().epoch() + 1));
            try {
                String tag = store.write(name(run), ours.encode(), Optional.of(stored.tag()));
                sweep(ours);
                return new RunState(store, name(run), ours, tag);
            } catch (KeyValueStore.ConflictException e) {
                if (attempt == TAKE_OVER_TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * Deletes the parts that earlier coordinators have left. Those of later ones are theirs, should there be any by now; and no
     * earlier one can name a part any more.
     */
    private void sweep(SavedRun run) {
        Set<String> used = run.parts().stream().map(Part::name).collect(toSet());
        try {
            for (String part : store.list(folder(run.record().run()))) {
                Matcher name = PART.matcher(part);
                boolean earlier = name.matches()
                        && Long.parseLong(name.group(1)) < run.record().epoch();
                if (earlier && !used.contains(part)) {
                    store.delete(part);
                }
            }
        } catch (IOException e) {
            LOG.debug(
                    "parts of run {} that are of no use stay for now",
                    run.record().run(),
                    e);
        }
    }

    /**
     * Marks a run without a coordinator to be ended.
     *
     * @throws SupersededException if it has ended meanwhile
     */
    public void cancel(String run) throws IOException {
        takeOver(run).cancel();
    }

    /**
     * Continues an ended run from the checkpoint that was kept.
     *
     * @throws IOException if none was kept, or it cannot be read or written
     */
    public void resume(String run) throws IOException {
        KeyValueStore.Stored stored = store.read(name(run)).orElseThrow(() -> new IOException("it was removed"));
        SavedRun resumed = SavedRun.decode(name(run), stored.content())
                .resumed()
                .orElseThrow(() -> new IOException("it has left nothing to continue from; start it again"));
        store.write(name(run), resumed.encode(), Optional.of(stored.tag()));
    }

    /**
     * Ends a run without a result, as no node can coordinate it.
     *
     * @throws SupersededException if it has ended meanwhile
     */
    public void endWithoutResult(String run, Instant now) throws IOException {
        takeOver(run).end(nothing -> {}, false, RunView.Outcome.CANCELLED, now);
    }

    static String name(String run) {
        return run + SUFFIX;
    }

    private static String folder(String run) {
        return run + ".parts";
    }

    /** Beginning of the names of parts that a run's present coordinator writes. */
    static String partPrefix(RunRecord record) {
        return folder(record.run()) + "/" + record.epoch() + "-";
    }
}
