package dev.muster.cluster;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;

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
        Path keyFile = readable(key);
        checkKey(keyFile);
        return Optional.of(new TlsFiles(keyFile, readable(certificate), readable(authority)));
    }

    /** Found out here, it is one line; found out by the first connection, it would be a stack trace for each. */
    private static void checkKey(Path file) {
        try {
            DERPrivateKeyLoader.load(PEMDecoder.decode(Files.readString(file)));
        } catch (Exception e) { // Scala declares none, and throws checked ones of the JDK
            throw new ClusterException(
                    "cannot use the private key in " + file + " (" + RootCause.of(e)
                            + "); give an RSA key as PEM; keys of another" + " kind, such as EC, cannot be used",
                    e);
        }
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
