package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class SigningClockTest {
    private static final Instant OWN = Instant.parse("2024-05-06T12:00:00Z");

    private final SigningClock clock = new SigningClock(Clock.fixed(OWN, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "'Mon, 6 May 2024 13:00:00 GMT', 2024-05-06T13:00:00Z",
        "'Mon, 6 May 2024 11:00:00 GMT', 2024-05-06T11:00:00Z",
        "'Mon, 6 May 2024 12:00:30 GMT', 2024-05-06T12:00:00Z",
        "'no date', 2024-05-06T12:00:00Z",
    })
    void followsTheServicesTimeWhereItIsFarFromItsOwn(String date, Instant expected) {
        clock.learn(new RuntimeException(refusal(date)));

        assertThat(clock.get().instant()).isEqualTo(expected);
    }

    @Test
    void anErrorWithoutATimeChangesNothing() {
        clock.learn(refusal("Mon, 6 May 2024 13:00:00 GMT"));
        clock.learn(new RuntimeException("reset"));

        assertThat(clock.get().instant()).isEqualTo(Instant.parse("2024-05-06T13:00:00Z"));
    }

    private static Throwable refusal(String date) {
        return S3Exception.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(403)
                                .putHeader("Date", date)
                                .build())
                        .build())
                .build();
    }
}
