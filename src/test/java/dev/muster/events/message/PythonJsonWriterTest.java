package dev.muster.events.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonJsonWriterTest {
    @Test
    void everyValuePrintsAsPythonPrintsIt() throws Exception {
        List<String> lines;
        try (InputStream golden = getClass().getResourceAsStream("/dev/muster/events/golden/values.txt")) {
            lines = new String(golden.readAllBytes(), UTF_8).lines().toList();
        }
        assertThat(lines).hasSizeGreaterThan(1500);
        for (int i = 0; i < lines.size(); i += 2) {
            assertThat(PythonJsonWriter.write(PythonJsonParser.read(lines.get(i), "value")))
                    .as("%s", lines.get(i))
                    .isEqualTo(lines.get(i + 1));
        }
    }
}
