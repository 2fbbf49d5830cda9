package dev.muster.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.muster.aws.AwsEnvironment.Setting;
import dev.muster.aws.AwsSettings.AwsSettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.TlsTrustManagersProvider;

/**
 * Certificate authorities that servers are checked against: those in the file that {@code AWS_CA_BUNDLE} or the
 * profile's {@code ca_bundle} names and, as in aws-cli, no others; without such a file, those that Java trusts.
 */
final class TrustedAuthorities {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedAuthorities.class);
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]+)-----END");

    private TrustedAuthorities() {}

    /**
     * The authorities; empty if Java's own are to be used.
     *
     * @throws AwsSettingsException if the file cannot be read, or holds no certificate
     */
    static Optional<TlsTrustManagersProvider> of(AwsSettings settings) {
        return settings.find("ca_bundle", "AWS_CA_BUNDLE").map(setting -> {
            TrustManager[] managers = managers(setting);
            return () -> managers;
        });
    }

    private static TrustManager[] managers(Setting setting) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            Matcher certificate = CERTIFICATE.matcher(Files.readString(path(setting.value()), ISO_8859_1));
            for (int number = 0; certificate.find(); number++) {
                add(store, number, certificate.group(1));
            }
            if (store.size() == 0) {
                throw refusal(setting, "which holds no certificate", null);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (NoSuchFileException | InvalidPathException e) {
            throw refusal(setting, "and there is no such file", e);
        } catch (IOException e) {
            throw refusal(setting, "which cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw refusal(setting, "which cannot be used", e);
        }
    }

    /** Skips a certificate that Java cannot read: bundles contain many that nobody needs. */
    private static void add(KeyStore store, int number, String base64) throws GeneralSecurityException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            store.setCertificateEntry(Integer.toString(number), certificate);
        } catch (CertificateException | IllegalArgumentException e) {
            LOG.debug("certificate {} of the bundle is passed over", number + 1, e);
        }
    }

    private static Path path(String text) {
        return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
    }

    private static AwsSettingsException refusal(Setting setting, String why, Exception cause) {
        return new AwsSettingsException(
                OneLine.of(setting.source() + " is " + setting.value() + ", " + why)
                        + ": give a file of certificates in PEM format",
                cause);
    }
}
