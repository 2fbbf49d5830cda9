package dev.muster.aws;

import dev.muster.aws.ErrorClassifier.Reason;
import dev.muster.engine.Failure.Kind;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Classifies TLS failures. Those caused by a certificate are not worth another try. */
final class TlsErrors {
    private static final Pattern OTHER_NAME =
            Pattern.compile("(?i)subject alternative|no name matching|doesn't match|does not match");
    private static final Pattern NO_TLS =
            Pattern.compile("(?i)unrecognized SSL message|plaintext connection|not an SSL/TLS record");
    private static final Pattern ALERT = Pattern.compile("(?i)fatal alert: (\\w+)");

    private TlsErrors() {}

    /** The reason; empty if the error has nothing to do with TLS. */
    static Optional<Reason> of(Throwable error, String advice) {
        boolean tls = false;
        for (Throwable at = error; at != null; at = at.getCause()) {
            tls |= at instanceof SSLException || at instanceof CertificateException;
            Optional<Reason> found = certificate(at, advice);
            if (found.isPresent()) {
                return found;
            }
        }
        return tls ? Optional.of(handshake(error, advice)) : Optional.empty();
    }

    private static Optional<Reason> certificate(Throwable error, String advice) {
        String message = String.valueOf(error.getMessage());
        if (error instanceof CertificateExpiredException || error instanceof CertificateNotYetValidException) {
            return untrusted(
                    "the server's certificate is not valid at this machine's time; renew it, or set the clock");
        } else if (error instanceof SSLPeerUnverifiedException
                || (error instanceof CertificateException
                        && OTHER_NAME.matcher(message).find())) {
            return untrusted("the server's certificate is for another name than the one it was asked by" + advice);
        } else if (error instanceof CertPathBuilderException) {
            return untrusted(
                    "the server's certificate is not trusted: its authority is not among those of this machine;"
                            + " give it with AWS_CA_BUNDLE");
        } else if (error instanceof CertPathValidatorException && error.getCause() == null) {
            return untrusted("the server's certificate is not trusted (" + message
                    + "); if its authority is a private one, give it with AWS_CA_BUNDLE");
        }
        return Optional.empty();
    }

    private static Optional<Reason> untrusted(String text) {
        return Optional.of(new Reason(Kind.UNFIT, "UntrustedCertificate", text));
    }

    private static Reason handshake(Throwable error, String advice) {
        String alert = "";
        for (Throwable at = error; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (NO_TLS.matcher(message).find()) {
                return new Reason(
                        Kind.UNFIT,
                        "NoTls",
                        "the server does not speak TLS at that port; if it is meant, give http://");
            }
            Matcher matcher = ALERT.matcher(message);
            alert = matcher.find() ? " (" + matcher.group(1) + ")" : alert;
        }
        return new Reason(Kind.TRANSIENT, "TlsFailure", "no TLS connection could be agreed on" + alert + advice);
    }
}
