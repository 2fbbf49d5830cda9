package dev.muster.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void aLineHasTheSeparatorsOfPython() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("account_id", "111111111111");
        line.put("list", Arrays.asList(1, true, null, List.of()));
        line.put("empty", Map.of());
        assertThat(Json.dumps(line))
                .isEqualTo("{\"account_id\": \"111111111111\", \"list\": [1, true, null, []], \"empty\": {}}");
    }

    @Test
    void controlsAndNonAsciiAreEscapedAsInPython() {
        assertThat(Json.dumps("\b\f\n\r\t\"\\/\u0000\u001f\u007f\u0080 \u00e9\u0416\ud83d\ude00\udc80"))
                .isEqualTo(
                        "\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0000\\u001f\\u007f\\u0080 \\u00e9\\u0416\\ud83d\\ude00\\udc80\"");
    }

    @Test
    void floatsHaveTheFewestDigitsAndPythonsExponents() {
        assertThat(Json.dumps(List.of(0.0, -0.0, 1.0, -1.5, 0.1, 12.345)))
                .isEqualTo("[0.0, -0.0, 1.0, -1.5, 0.1, 12.345]");
        assertThat(Json.dumps(List.of(0.002, 1e-4, 1e-5, 1e15, 1e16, 1e17)))
                .isEqualTo("[0.002, 0.0001, 1e-05, 1000000000000000.0, 1e+16, 1e+17]");
        assertThat(Json.dumps(List.of(Math.nextUp(0x1p56), 2 * Double.MIN_VALUE, Double.MIN_VALUE, 0x1p-1000)))
                .isEqualTo("[7.205759403792795e+16, 1e-323, 5e-324, 9.332636185032189e-302]");
        assertThat(Json.dumps(List.of(Double.MIN_NORMAL, Double.MAX_VALUE)))
                .isEqualTo("[2.2250738585072014e-308, 1.7976931348623157e+308]");
        assertThat(Json.dumps(List.of(Double.NEGATIVE_INFINITY, Double.NaN))).isEqualTo("[-Infinity, NaN]");
    }

    @Test
    void integersStayExact() {
        assertThat(Json.dumps(List.of(Long.MIN_VALUE, new BigInteger("123456789012345678901234567890"))))
                .isEqualTo("[-9223372036854775808, 123456789012345678901234567890]");
    }

    @Test
    void whatIsNoJsonValueIsRefused() {
        assertThatThrownBy(() -> Json.dumps(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Property(tries = 500)
    void anotherReaderGetsTheTextAndNumbersBack(
            @ForAll List<String> texts, @ForAll List<Long> integers, @ForAll List<Double> floats) throws Exception {
        List<Object> values = new ArrayList<>(texts);
        values.addAll(floats);
        String printed = Json.dumps(Map.of("values", values, "integers", integers));
        assertThat(printed.chars()).allMatch(c -> c < 0x80);
        Map<?, ?> read = MAPPER.readValue(printed, Map.class);
        assertThat(read.get("values")).isEqualTo(values);
        assertThat(((List<?>) read.get("integers")).stream().map(n -> ((Number) n).longValue()))
                .isEqualTo(integers);
    }
}
