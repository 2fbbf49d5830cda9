package dev.muster.cli.run;

import com.typesafe.config.Config;
import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.option.AwsOptions;
import dev.muster.store.DirectoryKeyValueStore;
import dev.muster.store.KeyValueStore;
import dev.muster.store.S3KeyValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens the store of a cluster's runs. */
public final class RunLocation {
    private static final Pattern S3 = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/?");
    private static final Pattern OTHER = Pattern.compile("s3:|[A-Za-z][A-Za-z0-9+.-]*://");
    private static final int CONNECTIONS = 4;
    /** Prefix if only a bucket is named, so that runs are listed without reading what else is in it. */
    private static final String OWN_PREFIX = "muster-runs";

    private RunLocation() {}

    /**
     * Location in S3.
     *
     * @param prefix the prefix of the objects, without a slash at its end
     */
    public record InS3(String bucket, String prefix) {}

    /** Bucket and prefix of a location such as {@code s3://bucket/prefix}; empty for a directory. */
    public static Optional<InS3> inS3(String location) {
        Matcher s3 = S3.matcher(location);
        return s3.matches()
                ? Optional.of(
                        new InS3(s3.group(1), s3.group(2) == null || s3.group(2).isEmpty() ? OWN_PREFIX : s3.group(2)))
                : Optional.empty();
    }

    /**
     * Opens a directory, or {@code s3://bucket/prefix}.
     *
     * @param fallback directory if the location is empty; empty for a user without a home
     * @throws UserException if it is neither, there is none, or the directory cannot be created
     */
    public static KeyValueStore open(String location, Optional<Path> fallback, Config config, AwsOptions aws) {
        Optional<InS3> place = inS3(location);
        if (place.isPresent()) {
            AwsClients clients = new AwsClients(aws.settings(config, CONNECTIONS));
            return probed(new S3KeyValueStore(
                    clients, place.get().bucket(), place.get().prefix()));
        }
        if (OTHER.matcher(location).lookingAt()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--checkpoint: " + location + " is neither a directory nor a location such as s3://bucket/prefix");
        }
        Path directory = Optional.of(location)
                .filter(given -> !given.isEmpty())
                .map(given -> Path.of(given).toAbsolutePath())
                .or(() -> fallback)
                .orElseThrow(() -> new UserException(
                        ExitCodes.USAGE, "the user has no home directory; say with --checkpoint where to keep runs"));
        try {
            return new DirectoryKeyValueStore(directory);
        } catch (IOException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot keep runs in " + directory + ": " + FileErrors.reason(e)
                            + "; give another place with --checkpoint",
                    e);
        }
    }

    private static KeyValueStore probed(S3KeyValueStore store) {
        try {
            store.probe();
            return store;
        } catch (IOException e) {
            store.close();
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
    }
}
