package dev.muster.aws;

import dev.muster.aws.ErrorClassifier.Reason;
import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Messages about missing credentials. */
final class CredentialErrors {
    private static final String SSO_PACKAGE = "software.amazon.awssdk.services.sso";

    /** The SDK's words for a failed {@code credential_process}. */
    private static final String OF_A_PROCESS = "process-based credentials";

    /** The SDK's words where there is nothing to be corrected. */
    private static final Pattern NONE = Pattern.compile("no credentials for profile|Unable to load credentials");

    private CredentialErrors() {}

    /** The reason, if the error says that credentials cannot be found or renewed; empty if it is about something else. */
    static Optional<Reason> of(Throwable error, AwsSettings settings) {
        Throwable unusable = null;
        for (Throwable at = error; at != null; at = at.getCause()) {
            boolean signOn = at.getClass().getName().startsWith(SSO_PACKAGE);
            if (at instanceof AwsServiceException && !signOn) {
                return Optional.empty();
            }
            String message = ofTheWay(at) ? "" : String.valueOf(at.getMessage());
            if (signOn || message.contains("SSO")) {
                return unfit(
                        "ExpiredSignOn", "the single sign-on session is missing or has expired; " + renew(settings));
            } else if (message.contains(OF_A_PROCESS)) {
                return unfit("CredentialProcess", ofProcess(at, settings));
            } else if (message.contains("credentials")
                    && (unusable == null || NONE.matcher(message).find())) {
                return unfit(
                        "NoCredentials",
                        "no credentials found" + where(settings).replaceFirst("^ of", " for") + "; "
                                + provide(settings));
            } else if (at instanceof UnusableCredentialsException) {
                unusable = at.getCause();
            }
        }
        return Optional.ofNullable(unusable).flatMap(why -> unfit("UnusableCredentials", ofWrong(why, settings)));
    }

    private static Optional<Reason> unfit(String code, String text) {
        return Optional.of(new Reason(Kind.UNFIT, code, text));
    }

    private static String ofProcess(Throwable error, AwsSettings settings) {
        Throwable why = error.getCause() == null ? error : error.getCause();
        boolean told = String.valueOf(why.getMessage()).startsWith("Command returned");
        return "the credential_process" + where(settings) + " failed: "
                + (told ? sentence(why) : "it prints no credentials in JSON") + "; run it by itself to see why";
    }

    private static String ofWrong(Throwable why, AwsSettings settings) {
        return "the credentials" + where(settings) + " cannot be used: " + sentence(why)
                + "; correct ~/.aws/credentials or ~/.aws/config";
    }

    /** The message without a full stop, as advice follows. */
    private static String sentence(Throwable error) {
        return String.valueOf(error.getMessage()).strip().replaceFirst("( with error message)?[.:]+$", "");
    }

    /** Tells whether its message is about the connection to a service, and so may hold any bucket's name. */
    private static boolean ofTheWay(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof IOException
                || (cause instanceof IOException
                        && String.valueOf(error.getMessage()).contains(String.valueOf(cause.getMessage())));
    }

    static String renew(AwsSettings settings) {
        return settings.credentialsProfile()
                .map(profile -> "run: aws sso login --profile " + profile + ", or renew the profile's keys")
                .orElse("renew them, or run: aws sso login");
    }

    static String where(AwsSettings settings) {
        return settings.keys().isPresent()
                ? " given"
                : settings.credentialsProfile()
                        .map(profile -> " of profile " + profile)
                        .orElse("");
    }

    private static String provide(AwsSettings settings) {
        return settings.credentialsProfile()
                .map(profile -> "add the profile to ~/.aws/credentials or ~/.aws/config, or name another")
                .orElse("give a profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure");
    }

    /** Credentials cannot be obtained because of this machine's configuration; asking again does not help. */
    static final class UnusableCredentialsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private UnusableCredentialsException(RuntimeException cause) {
            super(null, cause);
        }

        /** Wraps a source of credentials. An exception about a service, or the connection to it, is passed on unchanged. */
        static <T> Callable<T> where(Callable<T> source) {
            return () -> {
                try {
                    return source.call();
                } catch (RuntimeException e) {
                    throw isRemote(e) ? e : new UnusableCredentialsException(e);
                }
            };
        }

        private static boolean isRemote(Throwable error) {
            for (Throwable at = error; at != null; at = at.getCause()) {
                if (at instanceof AwsServiceException
                        || (at instanceof IOException && !(at instanceof FileSystemException))
                        || at instanceof InterruptedException
                        || at instanceof AbortedException
                        || at instanceof ApiCallTimeoutException
                        || at instanceof ApiCallAttemptTimeoutException) {
                    return true;
                }
            }
            return false;
        }
    }
}
