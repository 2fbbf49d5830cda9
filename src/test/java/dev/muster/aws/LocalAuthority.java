package dev.muster.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority that nobody knows, and a certificate of its for {@code localhost}. */
final class LocalAuthority {
    private static final String PASSWORD = "for-tests";

    private final Path directory;
    private final KeyStore store;

    LocalAuthority(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        keytool("-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c");
        keytool("-alias", "server", "-dname", "CN=server", "-signer", "authority", "-ext", "san=dns:localhost");
        try (InputStream keys = Files.newInputStream(directory.resolve("keys.p12"))) {
            store = KeyStore.getInstance("PKCS12");
            store.load(keys, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The authority's certificate between other lines, as bundles have them. */
    Path bundle() throws IOException {
        try {
            String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                    .encodeToString(store.getCertificate("authority").getEncoded());
            return Files.writeString(
                    directory.resolve("bundle.pem"),
                    "# Of nobody - unreadable\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n# Ours\n"
                            + "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Of a server with the certificate for {@code localhost}. */
    SSLContext context() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void keytool(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                directory.resolve("keys.p12").toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as("keytool in " + directory).isZero();
    }
}
