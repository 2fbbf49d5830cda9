package dev.muster.aws;

/** What this machine's environment or AWS configuration says cannot be used: one line with where it stands and a remedy. */
public final class AwsSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwsSettingsException(String message) {
        this(message, null);
    }

    AwsSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
