package dev.muster.aws;

/** Unusable setting in this machine's environment or AWS configuration: one line with its place and a remedy. */
public final class AwsSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwsSettingsException(String message) {
        this(message, null);
    }

    AwsSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
