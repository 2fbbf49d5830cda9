package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An authority with one certificate that it has signed, as PEM files. */
public final class TestCertificates {
    private static final String PASSWORD = "for-tests";

    private final Path directory;

    public TestCertificates(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        this(directory, List.of("-ext", "bc:c"), List.of());
    }

    /** Certificates made with more options of keytool. */
    TestCertificates(Path directory, List<String> ofAuthority, List<String> ofNode)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = Files.createDirectories(directory);
        keytool(ofAuthority, "-alias", "authority", "-dname", "CN=authority");
        keytool(ofNode, "-alias", "node", "-dname", "CN=muster", "-signer", "authority");
        KeyStore store = KeyStore.getInstance(directory.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
        pem(
                "node.key",
                "PRIVATE KEY",
                store.getKey("node", PASSWORD.toCharArray()).getEncoded());
        pem("node.crt", "CERTIFICATE", store.getCertificate("node").getEncoded());
        pem("authority.crt", "CERTIFICATE", store.getCertificate("authority").getEncoded());
    }

    /** A configuration with these files, above another. */
    public Config above(Config config) {
        return ConfigFactory.parseMap(Map.of(
                        "muster.cluster.tls.key-file",
                                directory.resolve("node.key").toString(),
                        "muster.cluster.tls.certificate-file",
                                directory.resolve("node.crt").toString(),
                        "muster.cluster.tls.authority-file",
                                directory.resolve("authority.crt").toString()))
                .withFallback(config);
    }

    private void keytool(List<String> more, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                directory.resolve("keys.p12").toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        command.addAll(more);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as("keytool in " + directory).isZero();
    }

    private void pem(String file, String what, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }
}
