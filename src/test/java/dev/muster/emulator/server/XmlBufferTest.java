package dev.muster.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class XmlBufferTest {
    @Property(tries = 500)
    void everyCharacterIsEscapedWhereverItStands(
            @ForAll @IntRange(max = 127) int character, @ForAll @IntRange(max = 20) int before) {
        String text = "é".repeat(before / 3) + "x".repeat(before) + (char) character + "tail of text";
        byte[] utf8 = text.getBytes(UTF_8);
        String written =
                XmlBuffer.fragment(1).text(utf8, 0, utf8.length).toByteString().utf8String();
        assertThat(written).isEqualTo(text.replace(Character.toString(character), escaped(character)));
    }

    @Property(tries = 300)
    void numbersAndTimesAreThoseOfTheLibrary(
            @ForAll long bits,
            @ForAll @LongRange(min = 0) long number,
            @ForAll @LongRange(max = 4_000_000_000L) long second) {
        String written = XmlBuffer.fragment(1)
                .hex(bits)
                .raw(' ')
                .number(number)
                .raw(' ')
                .time(second)
                .raw('Z')
                .toByteString()
                .utf8String();
        assertThat(written).isEqualTo(String.format("%016x %d %s", bits, number, Instant.ofEpochSecond(second)));
    }

    private static String escaped(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            default -> character < ' ' ? "&#x" + Integer.toHexString(character) + ";" : Character.toString(character);
        };
    }
}
