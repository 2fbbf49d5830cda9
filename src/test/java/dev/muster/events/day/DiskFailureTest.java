package dev.muster.events.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DiskFailureTest {
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
