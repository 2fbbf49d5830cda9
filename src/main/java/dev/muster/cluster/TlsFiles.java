package dev.muster.cluster;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;

/**
 * PEM files for mutual TLS: a node's RSA key, its certificate, and the authority that has signed the certificates of
 * all nodes. Only the first entry of each file is read.
 */
record TlsFiles(Path key, Path certificate, Path authority) {
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    /** Bits of a key usage, RFC 5280, section 4.2.1.3. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int KEY_CERT_SIGN = 5;

    /**
     * Reads the section {@code muster.cluster.tls}; empty if none of its files is named.
     *
     * @throws ClusterException if only some are named, one cannot be read, or they do not belong together
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
        TlsFiles files = new TlsFiles(readable(key), readable(certificate), readable(authority));
        files.check();
        return Optional.of(files);
    }

    /**
     * Checks the files here, where each problem is one line; otherwise connections would just fail without saying why.
     */
    private void check() {
        PrivateKey secret = readKey();
        X509Certificate own = readCertificate(certificate);
        X509Certificate signer = readCertificate(authority);
        if (!(secret instanceof RSAPrivateKey half
                && own.getPublicKey() instanceof RSAPublicKey other
                && half.getModulus().equals(other.getModulus()))) {
            throw new ClusterException(
                    "the key in " + key + " is not that of the certificate in " + certificate + "; give a pair");
        }
        try {
            own.verify(signer.getPublicKey());
            valid(certificate, own);
            valid(authority, signer);
            checkUse(own, signer);
        } catch (GeneralSecurityException e) {
            throw new ClusterException(
                    "the certificate in " + certificate + " is not signed by the first one in " + authority
                            + "; give the authority that has signed it",
                    e);
        }
    }

    private static void valid(Path file, X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            throw new ClusterException(
                    "the certificate in " + file + " is not valid (" + e.getMessage() + "); renew it", e);
        }
    }

    /**
     * Checks the permitted uses: each node and client is both ends of connections, and Java trusts only certificates
     * that are marked as authorities.
     */
    private void checkUse(X509Certificate own, X509Certificate signer) throws CertificateParsingException {
        List<String> uses = own.getExtendedKeyUsage();
        if (uses != null && !uses.contains(ANY_USE) && !uses.containsAll(List.of(SERVER_AUTH, CLIENT_AUTH))) {
            throw new ClusterException("the certificate in " + certificate + " may not be used for both ends of a"
                    + " connection: give one whose extended key usage is serverAuth and clientAuth");
        }
        boolean[] keyUse = own.getKeyUsage();
        if (keyUse != null && !keyUse[DIGITAL_SIGNATURE]) {
            throw new ClusterException("the certificate in " + certificate
                    + " may not sign, as TLS needs it: give one whose key usage has digitalSignature");
        }
        boolean authorityItself = own.equals(signer);
        if (!authorityItself && signer.getVersion() >= 3 && signer.getBasicConstraints() < 0) {
            throw new ClusterException("the certificate in " + authority
                    + " is not that of an authority: give one with the basic constraint CA:TRUE");
        }
        boolean[] signerUse = signer.getKeyUsage();
        if (!authorityItself && signerUse != null && !signerUse[KEY_CERT_SIGN]) {
            throw new ClusterException("the authority in " + authority
                    + " may not sign certificates: give one whose key usage has keyCertSign");
        }
    }

    private PrivateKey readKey() {
        try {
            return DERPrivateKeyLoader.load(PEMDecoder.decode(Files.readString(key)));
        } catch (Exception e) { // Scala declares no exceptions, but throws checked ones of the JDK
            throw new ClusterException(
                    "cannot use the private key in " + key + " (" + RootCause.of(e)
                            + "); give an RSA key as PEM, without a password; keys of another kind, such as EC, cannot"
                            + " be used",
                    e);
        }
    }

    /** The first certificate of a file: Pekko reads only that one. */
    private static X509Certificate readCertificate(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        } catch (IOException | CertificateException e) {
            throw new ClusterException(
                    "cannot read a certificate in " + file + " (" + RootCause.of(e)
                            + "); give an X.509 certificate as PEM",
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
