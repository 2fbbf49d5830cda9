package dev.muster.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.muster.events.dayfile.FileMerge;
import dev.muster.events.message.MessageRules;
import dev.muster.events.message.MessageRules.Classification;
import dev.muster.events.message.MessageRulesReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Day files against those that a plain Python program made of the same messages; see golden/make.py. */
class GoldenDayFilesTest {
    @TempDir
    Path directory;

    @Test
    void dayFilesAreThoseOfThePythonProgramToTheByte() throws IOException {
        Map<String, SortedSet<byte[]>> days = keptByDay();
        assertThat(days).containsOnlyKeys("20220403", "20220404", "20220405");
        for (Map.Entry<String, SortedSet<byte[]>> day : days.entrySet()) {
            Optional<Path> before = copy("before/" + day.getKey());
            Path target = directory.resolve("target");
            new FileMerge(false, 300).merge(before, day.getValue(), target);
            assertThat(Files.readString(target)).isEqualTo(new String(resource("after/" + day.getKey()), UTF_8));
        }
    }

    private Map<String, SortedSet<byte[]>> keptByDay() throws IOException {
        MessageRules rules = MessageRulesReader.read(
                ConfigFactory.parseResources("reference.conf").getConfig("muster.events.message"));
        ObjectMapper mapper = new ObjectMapper();
        Map<String, SortedSet<byte[]>> days = new TreeMap<>();
        for (String body : new String(resource("bodies.txt"), UTF_8).lines().toList()) {
            if (rules.judge(mapper.readValue(body, String.class)) instanceof Classification.Kept kept) {
                days.computeIfAbsent(kept.day(), day -> new TreeSet<>(Arrays::compareUnsigned))
                        .add(kept.line().getBytes(UTF_8));
            }
        }
        return days;
    }

    private Optional<Path> copy(String name) throws IOException {
        byte[] content = resource(name);
        return content == null
                ? Optional.empty()
                : Optional.of(Files.write(directory.resolve(name.replace('/', '-')), content));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GoldenDayFilesTest.class.getResourceAsStream("/dev/muster/events/golden/" + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
