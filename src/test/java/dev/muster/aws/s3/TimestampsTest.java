package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2024-05-06T07:08:09.123Z, 2024-05-06T07:08:09.123Z",
        "2024-05-06T07:08:09Z, 2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09.123456789Z, 2024-05-06T07:08:09.123Z",
        "2024-05-06T07:08:09.12345678901234Z, 2024-05-06T07:08:09.123Z",
        "2024-05-06T07:08:09.1Z, 2024-05-06T07:08:09.100Z",
        "2024-05-06T07:08:09, 2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09.5, 2024-05-06T07:08:09.500Z",
        "2024-05-06 07:08:09, 2024-05-06T07:08:09Z",
        "2024-05-06 07:08:09 UTC, 2024-05-06T07:08:09Z",
        "2024-05-06t07:08:09z, 2024-05-06T07:08:09Z",
        "'2024-05-06T07:08:09,25Z', 2024-05-06T07:08:09.250Z",
        "2024-05-06T07:08Z, 2024-05-06T07:08:00Z",
        "2024-05-06T07:08:09+00:00, 2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09+0200, 2024-05-06T05:08:09Z",
        "2024-05-06T07:08:09-03, 2024-05-06T10:08:09Z",
        "2024-05-06T07:08:60Z, 2024-05-06T07:08:59Z",
        "20240506T070809Z, 2024-05-06T07:08:09Z",
        "2024-05-06, 2024-05-06T00:00:00Z",
        "'  2024-05-06T07:08:09Z\n', 2024-05-06T07:08:09Z",
        "'Mon, 06 May 2024 07:08:09 GMT', 2024-05-06T07:08:09Z",
        "'Mon, 6 May 2024 07:08:09 UTC', 2024-05-06T07:08:09Z",
        "'Mon, 06 May 2024 07:08:09 +0200', 2024-05-06T05:08:09Z",
        "1714979289, 2024-05-06T07:08:09Z",
        "1714979289.5, 2024-05-06T07:08:09.500Z",
        "1714979289123, 2024-05-06T07:08:09.123Z"
    })
    void readsTheFormsThatServersWrite(String text, Instant expected) {
        assertThat(Instant.ofEpochMilli(parse(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                ":2024-05-06T07:08:09.000Z",
                "2024-02-30T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-05-06T25:00:00Z",
                "2024-05-06T07:08:09+99:00",
                "2024-05-06T07:08:09.Z",
                "Mon, 07 May 2024 07:08:09 GMT",
                "0001-01-01T00:00:00Z",
                "17149792891234567890",
                "\u0662\u0660\u0662\u0664-05-06T07:08:09Z"
            })
    void whatIsNoDateIsUnknown(String text) {
        assertThat(parse(text)).isEqualTo(ListingEntry.UNKNOWN_DATE);
    }

    private static long parse(String text) {
        byte[] bytes = ("x" + text + "x").getBytes(UTF_8);
        return Timestamps.parse(bytes, 1, bytes.length - 2);
    }
}
