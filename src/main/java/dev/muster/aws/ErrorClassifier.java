package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.s3.ListingPage.KeyOrderException;
import dev.muster.aws.s3.MalformedPageException;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import dev.muster.engine.TaskException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Says of an error which class of failure it is, and describes it in one line: what was attempted, why it failed, and,
 * where people can do something, what.
 */
public final class ErrorClassifier {
    /** Code of an answer that is a listing of another kind than was requested. */
    public static final String OTHER_LISTING = "OtherListing";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorClassifier.class);

    private final AwsSettings settings;

    public ErrorClassifier(AwsSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /**
     * Classifies an error of a request made with the base credentials.
     *
     * @param attempted what was attempted, on what: {@code list bucket logs}
     */
    public Failure classify(Throwable error, String attempted) {
        return classify(error, attempted, CredentialUse.HOME);
    }

    /**
     * Classifies an error of a request made with the base credentials in another region than home. A region that is not
     * enabled for the account knows none of its credentials, which says nothing about this node.
     *
     * @param attempted what was attempted, on what: {@code list bucket logs}
     */
    public Failure classifyAbroad(Throwable error, String attempted) {
        return classify(error, attempted, CredentialUse.ABROAD);
    }

    /**
     * Classifies an error of a request made with the credentials of an assumed role. Such credentials are renewed, and
     * what is wrong with them says nothing about this node.
     *
     * @param attempted what was attempted, on what: {@code list bucket logs}
     */
    public Failure classifyAssumed(Throwable error, String attempted) {
        return classify(error, attempted, CredentialUse.ASSUMED);
    }

    /**
     * Tells whether a failure says that credentials, or the clock that requests are signed by, are not good, or cannot
     * be had.
     */
    public static boolean ofCredentials(Failure failure) {
        return failure.kind() == Kind.UNFIT || ServiceErrorClassifier.ofCredentials(failure.code());
    }

    /** Tells whether an error is a refusal of what was granted a moment ago, and may pass. */
    public static boolean isDoubted(Throwable error) {
        return DoubtedRefusals.isMarked(Failure.cause(error));
    }

    /** Tells whether a failure says that requests are signed by a wrong clock. */
    public static boolean ofClock(Failure failure) {
        return failure.kind() == Kind.UNFIT && failure.message().endsWith(ServiceErrorClassifier.WRONG_CLOCK);
    }

    /** Classifies like {@link #classify}, for an executor to throw. */
    public TaskException exception(Throwable error, String attempted) {
        return new TaskException(classify(error, attempted), Failure.cause(error));
    }

    private Failure classify(Throwable error, String attempted, CredentialUse use) {
        Throwable cause = Failure.cause(error);
        if (cause instanceof TaskException task) {
            return task.failure();
        }
        LOG.debug("could not {}", attempted, cause);
        Reason reason = reason(cause, use);
        return new Failure(
                reason.kind(),
                reason.code(),
                OneLine.ofFailure(attempted, reason.text()),
                RetryAfter.millis(cause, Instant.now()));
    }

    private Reason reason(Throwable error, CredentialUse use) {
        if (error instanceof MalformedPageException page) {
            String advice = page.isForeign() ? "; a proxy or another server may have answered" : "";
            return new Reason(
                    Kind.TRANSIENT,
                    page.isOtherListing() ? OTHER_LISTING : "MalformedAnswer",
                    "the server's answer is no listing: " + page.getMessage() + advice);
        } else if (error instanceof AwsSettingsException) {
            return new Reason(Kind.UNFIT, "Configuration", error.getMessage());
        } else if (error instanceof KeyOrderException) {
            return new Reason(Kind.INVALID, "KeyOrder", error.getMessage());
        } else if (error instanceof CancellationException) {
            return new Reason(Kind.TRANSIENT, "Cancelled", "given up");
        }
        return CredentialErrors.of(error, settings)
                .or(() -> service(error, use))
                .or(() -> ConnectionErrors.of(error, settings))
                .orElseGet(() -> other(error));
    }

    private Optional<Reason> service(Throwable error, CredentialUse use) {
        if (!(error instanceof AwsServiceException service)) {
            return Optional.empty();
        }
        Reason reason = ServiceErrorClassifier.of(service, settings, use);
        return Optional.of(isDoubted(error) ? new Reason(Kind.TRANSIENT, reason.code(), reason.text()) : reason);
    }

    private static Reason other(Throwable error) {
        Kind kind = error instanceof SdkClientException ? Kind.INVALID : Kind.DEFECT;
        return new Reason(kind, error.getClass().getSimpleName(), PlainText.of(error));
    }

    /** Credentials and place of a request, which tell whether a refusal concerns the node or only the account. */
    enum CredentialUse {
        /** The base credentials in the home region. */
        HOME,
        /** The base credentials in another region. */
        ABROAD,
        /** Those of an assumed role, which are renewed. */
        ASSUMED
    }

    /** Reason of a failed request: the class of failure, the service's code, and the text for users. */
    record Reason(Kind kind, String code, String text) {}

    /** Messages of libraries without the details meant for programmers. */
    static final class PlainText {
        private PlainText() {}

        /** The message of an error, without the SDK's counts and names of classes. */
        static String of(Throwable error) {
            return error.getMessage() == null ? words(error) : of(error.getMessage());
        }

        static String of(String message) {
            return message.replaceAll("\\s*\\(SDK Attempt Count: \\d+\\)", "")
                    .replaceAll("\\s*\\(Service: [^)]*\\)", "")
                    .replaceAll("\\b(?:[a-z][a-z0-9_]*\\.){2,}([A-Z]\\w*)(?:Exception|Error)\\b:?\\s*", "")
                    .replaceFirst("^Unable to execute HTTP request: ", "")
                    .replaceFirst("(?s)\\. The request will usually .*", "")
                    .replaceFirst("(?s)\\s*(This|It) (indicates|can be) .*", "")
                    .strip();
        }

        /** Name of a class in words: {@code closed channel}. */
        private static String words(Throwable error) {
            return error.getClass()
                    .getSimpleName()
                    .replaceFirst("(Exception|Error)$", "")
                    .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                    .toLowerCase(Locale.ROOT);
        }
    }
}
