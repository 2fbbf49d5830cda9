package dev.muster.aws;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Credentials cannot be obtained because of this machine's configuration; asking again does not help. */
final class UnusableCredentialsException extends RuntimeException {
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
