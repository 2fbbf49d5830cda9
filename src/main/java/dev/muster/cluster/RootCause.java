package dev.muster.cluster;

/** Message of the root cause of an exception. */
final class RootCause {
    private RootCause() {}

    static String of(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
