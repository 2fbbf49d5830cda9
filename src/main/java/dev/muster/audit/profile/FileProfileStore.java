package dev.muster.audit.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.audit.profile.ProfileJson.ListingIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the profiles of the largest buckets of a run, in a file for each. With many large buckets every lister is busy
 * anyway, so only {@value #MOST_BUCKETS} of them are worth it. Thread-safe.
 */
public final class FileProfileStore implements ProfileStore {
    static final int MOST_BUCKETS = 64;
    private static final int DIGEST_BYTES = 16;

    private final ProfileDirectory files;
    private final Supplier<String> endpoint;
    private final String prefix;
    private final boolean versions;
    private final Consumer<IOException> warning;
    private final Set<ListingIdentity> withFile = new HashSet<>();
    private final Set<ListingIdentity> shrunk = new HashSet<>();
    private final Map<ListingIdentity, BucketProfile> learned = new HashMap<>();
    private boolean warned;

    /**
     * A store in a directory, which need not exist yet.
     *
     * @param endpoint S3's endpoint, evaluated when a bucket is known; empty for AWS
     * @param prefix only keys with this prefix are listed
     * @param versions whether versions are listed, or objects
     * @param warning called with the error of the first file that cannot be read or written
     */
    public FileProfileStore(
            Path directory, Supplier<String> endpoint, String prefix, boolean versions, Consumer<IOException> warning) {
        this.files = new ProfileDirectory(requireNonNull(directory, "directory is null"));
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
        this.versions = versions;
        this.warning = requireNonNull(warning, "warning is null");
    }

    @Override
    public Optional<BucketProfile> recall(String account, String bucket) {
        ListingIdentity listing = listing(account, bucket);
        try {
            Optional<byte[]> text = files.read(name(listing));
            if (text.isEmpty()) {
                return Optional.empty();
            }
            noteFile(listing);
            return ProfileJson.read(text.get(), listing);
        } catch (IOException e) {
            noteFile(listing);
            warn(e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized void listed(String account, String bucket, BucketProfile now) {
        ListingIdentity listing = listing(account, bucket);
        if (now.worthKeeping()) {
            learned.put(listing, now);
        } else if (withFile.contains(listing)) {
            shrunk.add(listing);
        }
        if (learned.size() > MOST_BUCKETS) {
            learned.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().pages()))
                    .map(Map.Entry::getKey)
                    .ifPresent(learned::remove);
        }
    }

    /** Writes down what was learned; to be called after a run that completed. Never fails. */
    public synchronized void keep() {
        try {
            for (ListingIdentity listing : shrunk) {
                files.delete(name(listing));
            }
            for (Map.Entry<ListingIdentity, BucketProfile> each : learned.entrySet()) {
                files.write(name(each.getKey()), ProfileJson.write(each.getKey(), each.getValue()));
            }
            if (!learned.isEmpty()) {
                files.prune();
            }
        } catch (IOException e) {
            warn(e);
        }
    }

    private synchronized void noteFile(ListingIdentity listing) {
        withFile.add(listing);
    }

    private synchronized void warn(IOException problem) {
        if (!warned) {
            warned = true;
            warning.accept(problem);
        }
    }

    private ListingIdentity listing(String account, String bucket) {
        return new ListingIdentity(endpoint.get(), account, bucket, prefix, versions);
    }

    private static String name(ListingIdentity listing) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(listing.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
