package dev.muster.inventory.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Directory or prefix of a bucket in which a dataset is made. Names are relative to it and have at most one slash. Futures and
 * methods fail with a {@link dev.muster.engine.TaskException}: what concerns the place as a whole, such as a full disk, is
 * {@link dev.muster.engine.Failure.Kind#UNFIT}, so that a run stops instead of trying again. Thread-safe.
 */
public interface DatasetStore extends AutoCloseable {
    /** Folder of what is not part of a dataset yet. Readers of datasets pass over names that begin so. */
    String WORK = "_temporary/";

    /** Folder of the data files. */
    String DATA = "data/";

    /** Writes a small file, whole or not at all; on completion it is durable. */
    CompletableFuture<Void> write(String name, byte[] content);

    /** A file on this machine to be filled and given to {@link #write(String, Path)}, or to be deleted. */
    Path scratch(String name);

    /** Writes a file that {@link #scratch} has named, which is gone then; on completion it is durable. */
    CompletableFuture<Void> write(String name, Path scratch);

    /** Content of a file. */
    byte[] read(String name);

    /** Names of the files directly in a folder, which ends in a slash, or at the top if it is empty; without the folder. */
    List<String> list(String folder);

    /** Gives a file another name. */
    void rename(String from, String to);

    /** Deletes a file, if it is there, or an empty folder. */
    void delete(String name);

    /** Bucket that holds the dataset; empty for a directory. */
    String bucket();

    /** Beginning of the keys of all files in the bucket; empty for a directory. */
    String keyPrefix();

    /** Address of a file. */
    String uri(String name);

    /** Place of the dataset, for people. */
    String location();

    @Override
    void close();
}
