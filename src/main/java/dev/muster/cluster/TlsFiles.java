package dev.muster.cluster;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** PEM files for mutual TLS: a node's key and certificate, and the authority that has signed the peers' certificates. */
public record TlsFiles(Path key, Path certificate, Path authority) {
    /**
     * Reads the section {@code muster.cluster.tls}; empty if none of its files is named.
     *
     * @throws ClusterException if only some are named, or one cannot be read
     */
    static Optional<TlsFiles> from(Config config) {
        String key = config.getString("key-file");
        String certificate = config.getString("certificate-file");
        String authority = config.getString("authority-file");
        if (key.isEmpty() && certificate.isEmpty() && authority.isEmpty()) {
            return Optional.empty();
        }
        if (key.isEmpty() || certificate.isEmpty() || authority.isEmpty()) {
            throw new ClusterException(
                    "muster.cluster.tls is incomplete: give key-file, certificate-file and authority-file");
        }
        return Optional.of(new TlsFiles(readable(key), readable(certificate), readable(authority)));
    }

    private static Path readable(String file) {
        Path path = Path.of(file).toAbsolutePath();
        if (!Files.isReadable(path)) {
            throw new ClusterException(
                    "cannot read " + path + ", which muster.cluster.tls names; check its path and" + " permissions");
        }
        return path;
    }
}
