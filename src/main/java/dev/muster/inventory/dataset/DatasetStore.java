package dev.muster.inventory.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Directory, or prefix of a bucket, for a dataset. Names are relative to it and have at most one slash. Futures and
 * methods fail with a {@link dev.muster.engine.TaskException}: a problem of the whole store, such as a full disk, is
 * {@link dev.muster.engine.Failure.Kind#UNFIT}, so that a run stops instead of trying again. Thread-safe.
 */
public interface DatasetStore extends AutoCloseable {
    /**
     * Folder of files that are not part of a dataset yet. Readers of datasets ignore names that begin with an
     * underscore.
     */
    String WORK = "_temporary/";

    /** Folder of the data files. */
    String DATA = "data/";

    /** Writes a small file completely or not at all; on completion it is durable. */
    CompletableFuture<Void> write(String name, byte[] content);

    /** A new file on this machine, to be filled and passed to {@link #write(String, Path)}, or deleted. */
    Path scratch(String name);

    /** Moves a file of {@link #scratch} into the store; on completion it is durable. */
    CompletableFuture<Void> write(String name, Path scratch);

    /** Content of a file. */
    byte[] read(String name);

    /** Names of the files directly in a folder, which ends in a slash, or at the top if it is empty; without the folder. */
    List<String> list(String folder);

    /** Gives a file another name. */
    void rename(String from, String to);

    /** Deletes a file, if it exists, or an empty folder. */
    void delete(String name);

    /** Deletes a folder with all files directly in it, and whatever was begun to be written there and is not complete. */
    void sweep(String folder);

    /** Bucket of the dataset; empty for a directory. */
    String bucket();

    /** Beginning of the keys of all files in the bucket; empty for a directory. */
    String keyPrefix();

    /** Address of a file. */
    String uri(String name);

    /** Location of the dataset, for messages. */
    String location();

    @Override
    void close();
}
