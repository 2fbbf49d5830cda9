package dev.muster.cluster;

import dev.muster.store.PrivateFiles;
import dev.muster.store.PrivateFiles.DirectoryMaker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with its own certificate, in a file that only its owner can read. Nodes on loopback and their clients use it,
 * if no TLS is configured, to make sure that the other end is a process of the same user: other users of the machine
 * can reach the port, too. It is created on first use.
 */
record LoopbackKey(Path file) {
    /** The file's permissions protect it; a key store must have some password. */
    private static final String PASSWORD = "loopback";

    private static final long LONGEST_SECONDS = 30;
    private static final int LONGEST_PROBE_MILLIS = 3000;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * The key in a file.
     *
     * @throws ClusterException if there is none and none can be created, or others may read it
     */
    static LoopbackKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            checkOwner(file);
        } catch (IOException e) {
            throw new ClusterException(
                    "cannot make the key by which processes of one user trust each other, " + file + ": "
                            + RootCause.of(e) + "; give another place as muster.cluster.loopback-key-file",
                    e);
        }
        return new LoopbackKey(file);
    }

    /** Creates the key; of two processes that do so at the same time, the second uses the key of the first. */
    private static void make(Path file) throws IOException {
        DirectoryMaker.make(file.getParent(), PrivateFiles.directory());
        Path made = Files.createTempDirectory(file.getParent(), "key").resolve("loopback.p12");
        try {
            runKeytool(made);
            if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(made, OWNERS);
            }
            publish(made, file);
        } catch (FileAlreadyExistsException e) {
            // created by another process meanwhile
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(made.getParent());
        }
    }

    /**
     * Publishes by a hard link, which does not replace what another process has created meanwhile, as a rename would.
     * Some file systems have no links.
     */
    private static void publish(Path made, Path file) throws IOException {
        try {
            Files.createLink(file, made);
        } catch (UnsupportedOperationException e) {
            Files.move(made, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException e) {
            Files.move(made, file);
        }
    }

    private static void runKeytool(Path made) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-alias",
                        "muster",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=muster",
                        "-validity",
                        "36500",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        made.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!keytool.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("Java's keytool failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            keytool.destroyForcibly();
        }
    }

    private static void checkOwner(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        if (!OWNERS.containsAll(attributes.permissions())) {
            throw new ClusterException("others than its owner may read " + file
                    + ": remove it, and a new one is made, or make it mode 600");
        }
        if (!Files.isReadable(file)) {
            throw new ClusterException("cannot read " + file + ", which belongs to "
                    + attributes.owner().getName() + ": run as that user");
        }
    }

    /** Tells whether a process that listens there is surely none of this user's: it has another key, or speaks no TLS. */
    boolean isRefusedBy(HostPort node) {
        try (Socket socket = context().getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(node.host(), node.port()), LONGEST_PROBE_MILLIS);
            socket.setSoTimeout(LONGEST_PROBE_MILLIS);
            ((SSLSocket) socket).startHandshake();
            return false;
        } catch (SSLException e) {
            return true;
        } catch (IOException | GeneralSecurityException e) {
            return false; // nobody listens, or answers in time
        }
    }

    SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Settings of Artery: TLS with this key at both ends, trusting nothing else. */
    Map<String, Object> transport() {
        String engine = "pekko.remote.artery.ssl.config-ssl-engine.";
        return Map.of(
                "pekko.remote.artery.transport",
                "tls-tcp",
                engine + "key-store",
                file.toString(),
                engine + "trust-store",
                file.toString(),
                engine + "key-store-password",
                PASSWORD,
                engine + "key-password",
                PASSWORD,
                engine + "trust-store-password",
                PASSWORD,
                engine + "protocol",
                "TLSv1.3",
                engine + "enabled-algorithms",
                List.of("TLS_AES_128_GCM_SHA256"));
    }
}
