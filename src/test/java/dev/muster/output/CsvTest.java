package dev.muster.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void fieldsAreQuotedWhereTheyMustBe() throws IOException {
        StringBuilder out = new StringBuilder();
        Csv.record(out, Arrays.asList("plain", 7, null, "a,b", "say \"hi\"", "two\nlines", ""));
        assertThat(out.toString()).isEqualTo("plain,7,,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
    }
}
