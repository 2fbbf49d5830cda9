package dev.muster.cli.run;

import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.option.SourceOptions.S3Source;
import dev.muster.inventory.source.BucketFiles;
import dev.muster.inventory.source.DirectoryFiles;
import dev.muster.inventory.source.InventoryFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Inventory as people name it: a {@code manifest.json}, or the directory or {@code s3://bucket/prefix} that holds one. */
public final class InventoryLocation implements AutoCloseable {
    private static final String S3 = "s3://";

    private final Optional<AwsClients> clients;
    private final InventoryFiles files;

    /**
     * The place of an inventory.
     *
     * @param made makes clients for one in a bucket; one in a directory needs no credentials
     */
    public InventoryLocation(String text, Supplier<AwsClients> made) {
        if (text.regionMatches(true, 0, S3, 0, S3.length())) {
            S3Source source = S3Source.of(text);
            clients = Optional.of(made.get());
            files = new BucketFiles(clients.get(), source.bucket(), source.prefix());
        } else {
            clients = Optional.empty();
            files = new DirectoryFiles(path(text));
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UserException(ExitCodes.USAGE, text + " is no path of an inventory: give its manifest.json", e);
        }
    }

    public InventoryFiles files() {
        return files;
    }

    @Override
    public void close() {
        clients.ifPresent(AwsClients::close);
    }
}
