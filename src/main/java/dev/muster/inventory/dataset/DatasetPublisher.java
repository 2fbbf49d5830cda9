package dev.muster.inventory.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.inventory.format.InventoryManifest;
import dev.muster.inventory.format.InventoryManifest.DataFile;
import dev.muster.inventory.format.ManifestJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Publishes data files as a dataset: renames them in order into {@code data/}, removes everything else of an inventory
 * there, and writes the manifest. {@code _SUCCESS} is deleted first and written last, so that a dataset that has it is
 * complete. Publishing can be repeated after it was interrupted.
 */
public final class DatasetPublisher {
    /** Empty file that marks a complete dataset. */
    static final String SUCCESS = "_SUCCESS";

    /** Files of a dataset without rows. */
    private static final List<String> HEADS =
            List.of(SUCCESS, InventoryManifest.FILE, InventoryManifest.CHECKSUM_FILE, InventoryManifest.SYMLINK_FILE);

    private static final String PART = "part-";

    /** File that marks a dataset on which a run is working, and tells its request. */
    private static final String BEGUN = "begun";

    private final DatasetStore store;
    private final DatasetFormat format;

    public DatasetPublisher(DatasetStore store, DatasetFormat format) {
        this.store = requireNonNull(store, "store is null");
        this.format = requireNonNull(format, "format is null");
    }

    /**
     * Starts a new dataset; an existing one stays until the new one is published.
     *
     * @param request of the run, see {@link #begunFor}
     * @param replacing whether an existing inventory may be replaced
     * @throws TaskException if there is one that may not be replaced, or something else
     */
    public void begin(String request, boolean replacing) {
        List<String> foreign = store.list(DatasetStore.DATA).stream()
                .filter(name -> !name.startsWith(PART))
                .toList();
        if (!foreign.isEmpty()) {
            throw refusal("it has files in data that are of no inventory, such as " + foreign.get(0)
                    + "; give another place with --output");
        }
        List<String> unfinished = store.list(DatasetStore.WORK);
        if (!replacing && !unfinished.isEmpty()) {
            throw refusal("an inventory was begun there and is not complete; go on with it with --resume, or begin anew"
                    + " with --force");
        }
        List<String> top = store.list("");
        if (!replacing
                && (top.stream().anyMatch(HEADS::contains)
                        || !store.list(DatasetStore.DATA).isEmpty())) {
            throw refusal(
                    "there is an inventory already; give another place with --output, or replace it with --force");
        }
        if (!unfinished.isEmpty()) {
            store.sweep(DatasetStore.WORK);
        }
        write(DatasetStore.WORK + BEGUN, request.getBytes(UTF_8));
    }

    /**
     * Tells whether a run of this request has begun a dataset that is not complete. If it has no checkpoint it was killed
     * before its first one, and nothing is lost if it begins anew.
     */
    public boolean begunFor(String request) {
        return store.list(DatasetStore.WORK).contains(BEGUN)
                && Arrays.equals(store.read(DatasetStore.WORK + BEGUN), request.getBytes(UTF_8));
    }

    /** Deletes everything that is not published. */
    public void discard() {
        store.sweep(DatasetStore.WORK);
    }

    private TaskException refusal(String why) {
        return new TaskException(new Failure(
                Failure.Kind.INVALID, "NotEmpty", "cannot write an inventory to " + store.location() + ": " + why));
    }

    /**
     * Publishes a dataset.
     *
     * @param parts all data files
     * @param complete whether everything that was requested is in them; if not, what is needed to resume the run stays
     */
    public void publish(List<DataPart> parts, String sourceBucket, long createdMillis, boolean complete) {
        Map<String, String> places = new HashMap<>();
        store.list(DatasetStore.WORK).forEach(name -> places.put(name, DatasetStore.WORK + name));
        List<String> before = store.list(DatasetStore.DATA);
        before.forEach(name -> places.put(name.replaceFirst(PART + "\\d+-", ""), DatasetStore.DATA + name));
        List<DataPart> ordered = parts.stream().sorted(DataPart.ORDER).toList();
        ordered.forEach(part -> requireThere(part, places));
        HEADS.forEach(store::delete);
        List<DataFile> files = new ArrayList<>();
        for (DataPart part : ordered) {
            String id = format.fileName(part.id());
            String name = DatasetStore.DATA + String.format(Locale.ROOT, "%s%05d-%s", PART, files.size(), id);
            if (!name.equals(places.get(id))) {
                store.rename(places.get(id), name);
            }
            files.add(new DataFile(store.keyPrefix() + name, part.bytes(), part.md5(), part.range()));
            places.remove(id);
        }
        sweep(before, places);
        writeHeads(files, sourceBucket, createdMillis, complete);
        if (complete) {
            discard();
            write(SUCCESS, new byte[0]);
        }
    }

    /** Deletes files of late tasks, and of a dataset that this one replaces. */
    private void sweep(List<String> before, Map<String, String> unnamed) {
        before.stream()
                .map(name -> DatasetStore.DATA + name)
                .filter(unnamed::containsValue)
                .forEach(store::delete);
    }

    private void requireThere(DataPart part, Map<String, String> places) {
        if (!places.containsKey(format.fileName(part.id()))) {
            throw new TaskException(new Failure(
                    Failure.Kind.INVALID,
                    "PartMissing",
                    "the data file " + format.fileName(part.id()) + " of this run is gone from " + store.location()
                            + "; begin anew with --force"));
        }
    }

    private void writeHeads(List<DataFile> files, String sourceBucket, long createdMillis, boolean complete) {
        byte[] manifest = ManifestJson.write(new InventoryManifest(
                sourceBucket,
                store.bucket(),
                createdMillis,
                format.format(),
                InventoryManifest.schema(format.format(), format.columns()),
                complete,
                files));
        String links = files.stream()
                .map(file -> store.uri(file.key().substring(store.keyPrefix().length())) + "\n")
                .collect(Collectors.joining());
        write(InventoryManifest.SYMLINK_FILE, links.getBytes(UTF_8));
        write(InventoryManifest.FILE, manifest);
        write(InventoryManifest.CHECKSUM_FILE, ManifestJson.md5(manifest).getBytes(UTF_8));
    }

    private void write(String name, byte[] content) {
        store.write(name, content).join();
    }
}
