package dev.muster.events.dayfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkCancellationException;

class DiskFailureTest {
    @Test
    void aDownloadThatTheSdkGivesUpCouldNotWriteItsFile() {
        SdkClientException error = SdkClientException.create(
                "Unable to execute HTTP request", new SdkCancellationException("Subscriber cancelled"));

        assertThat(DiskFailure.ofDownload(error))
                .hasValueSatisfying(cause -> assertThat(cause).hasMessageContaining("could not be written"));
        assertThat(DiskFailure.ofDownload(SdkClientException.create("no route")))
                .isEmpty();
    }

    @Test
    void aFullDiskIsNoBrokenConnection() {
        IOException full = new IOException("No space left on device");

        assertThat(DiskFailure.within(new CompletionException(new IllegalStateException(full))))
                .contains(full);
        assertThat(DiskFailure.within(new CompletionException(new AccessDeniedException("/scratch"))))
                .isPresent();
        assertThat(DiskFailure.within(new CompletionException(new IOException("Connection reset"))))
                .isEmpty();
        assertThat(DiskFailure.of(full, "keep s3://logs/day on disk in /scratch"))
                .hasMessageContaining(
                        "cannot keep s3://logs/day on disk in /scratch: No space left on device; make room");
    }
}
