package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2024-05-06T07:08:00Z");

    /** The dates of one answer are of one clock, whatever this machine's says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "5 | - | 5000",
                "' 120 ' | - | 120000",
                "0 | - | 0",
                "Mon, 06 May 2024 07:08:09 GMT | - | 9000",
                "Mon, 06 May 2024 07:08:09 GMT | Mon, 06 May 2024 07:08:07 GMT | 2000",
                "Mon, 06 May 2024 07:07:00 GMT | - | 0",
                "soon | - | 0",
                "-7 | - | 0",
                "99999999999999999999 | - | 0",
                "- | - | 0"
            })
    void saysWhenToComeAgain(String header, String date, long millis) {
        SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(503);
        if (header != null) {
            answer.putHeader("retry-after", header);
        }
        if (date != null) {
            answer.putHeader("Date", date);
        }
        Throwable busy = S3Exception.builder()
                .statusCode(503)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .sdkHttpResponse(answer.build())
                        .build())
                .build();

        assertThat(RetryAfter.millis(busy, NOW)).isEqualTo(millis);
        assertThat(RetryAfter.millis(new IllegalStateException(busy), NOW)).isZero();
    }
}
