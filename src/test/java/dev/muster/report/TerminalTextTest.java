package dev.muster.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void aNewlineInAKeyNeverBreaksALine() {
        assertThat(TerminalText.escape("a\nb\r\tc")).isEqualTo("a\\nb\\r\\tc");
    }

    @Test
    void controlsCannotMoveTheCursor() {
        assertThat(TerminalText.escape("\u001b[2J\u007f\u009b")).isEqualTo("\\x1b[2J\\x7f\\u009b");
    }

    @Test
    void textCannotPretendToRunTheOtherWay() {
        assertThat(TerminalText.escape("exe.\u202etxt\u2066\u200f")).isEqualTo("exe.\\u202etxt\\u2066\\u200f");
    }

    @Test
    void invisibleCharactersAreSeen() {
        assertThat(TerminalText.escape("a\u00a0b\u200b\ufeff\u2028\udb40\udc41"))
                .isEqualTo("a\\u00a0b\\u200b\\ufeff\\u2028\\U000e0041");
    }

    @Test
    void whatPeopleCanReadStays() {
        String text = "a b&<>\"%+ \u0416\u0443\u043a \u6f22\u5b57 \ud83d\udc68\u200d\ud83d\udc69 e\u0301";
        assertThat(TerminalText.escape(text)).isEqualTo(text);
    }

    @Test
    void aBackslashIsToldFromAnEscape() {
        assertThat(TerminalText.escape("a\\nb")).isEqualTo("a\\\\nb");
    }

    @Test
    void bytesThatAreNotUtf8AreShownAsBytes() {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC3, 'b', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        assertThat(TerminalText.escape(ExactText.decode(bytes))).isEqualTo("a\\xff\\xc3b\\xed\\xa0\\x80");
    }

    @Property(tries = 500)
    void validTextIsDecodedAsItWasEncoded(@ForAll String text) {
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(ExactText.decode(bytes)).isEqualTo(new String(bytes, UTF_8));
    }

    @Test
    void differentBytesNeverLookTheSame() {
        Map<String, String> origins = new HashMap<>();
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                byte[] bytes = {(byte) first, (byte) second};
                String shown = TerminalText.escape(ExactText.decode(bytes));
                assertThat(origins.put(shown, first + " " + second)).isNull();
            }
        }
    }
}
