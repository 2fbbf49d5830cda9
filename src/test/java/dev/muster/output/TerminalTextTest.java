package dev.muster.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
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
    void halfOfASurrogatePairIsShownAsItsNumber() {
        assertThat(TerminalText.escape("a\udc80b\ud83d")).isEqualTo("a\\udc80b\\ud83d");
    }

    @Test
    void differentTextsNeverLookTheSame() {
        Map<String, String> origins = new HashMap<>();
        for (char first = 0; first < 256; first++) {
            for (char second = 0; second < 256; second++) {
                String text = "" + first + second;
                assertThat(origins.put(TerminalText.escape(text), text)).isNull();
            }
        }
    }
}
