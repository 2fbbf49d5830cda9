package dev.muster.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.output.TextTable.Align;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsLineUpAndNoLineEndsInSpaces() throws IOException {
        StringBuilder out = new StringBuilder();
        new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT)
                .row("Bucket", "Objects", "Status")
                .row("a", "1000000", "ok")
                .row("long-name", "7", "")
                .write(out, "  ");
        assertThat(out.toString()).isEqualTo("""
                          Bucket     Objects  Status
                          a          1000000  ok
                          long-name        7
                        """);
    }

    @Test
    void aNarrowTerminalGetsAsManyColumnsAsFit() throws IOException {
        StringBuilder out = new StringBuilder();
        TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT)
                .row("Bucket", "Created", "Objects")
                .row("logs", "2020-05-06", "7");
        table.write(out, 16, List.of("Region", "Created", "Objects"));
        assertThat(out.toString()).isEqualTo("Bucket  Objects\nlogs          7\n");

        out.setLength(0);
        table.write(out, 80, List.of("Region", "Created", "Objects"));
        assertThat(out.toString()).startsWith("Bucket  Created     Objects\n");
    }

    @Test
    void wideCharactersTakeTwoCellsAndCombiningOnesNone() throws IOException {
        StringBuilder out = new StringBuilder();
        new TextTable(Align.LEFT, Align.LEFT)
                .row("\u6f22\u5b57", "x")
                .row("\ud83d\ude00", "x")
                .row("e\u0301", "x")
                .row("abcd", "x")
                .write(out, "");
        assertThat(out.toString()).isEqualTo("\u6f22\u5b57  x\n\ud83d\ude00    x\ne\u0301     x\nabcd  x\n");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new TextTable(Align.LEFT).row("a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 cells for 1 columns");
    }
}
