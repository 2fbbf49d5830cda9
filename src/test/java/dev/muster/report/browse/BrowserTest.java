package dev.muster.report.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.report.browse.BrowserScreen.ScreenLine;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private static final EstateNode ESTATE = node(
            "111111111111",
            node("logs", node("2024/", leaf("01/", 900, 3), leaf("02/", 100, 9)), leaf("2025/", 500, 1)),
            leaf("media", 3_000, 2),
            new EstateNode("sealed", null, null, null, "AccessDenied: no permission", List.of()));

    private final Browser browser = new Browser(ESTATE, "audit.json");

    @Test
    void theLargestComesFirstAndTheCursorIsOnIt() {
        assertThat(rows())
                .containsExactly(
                        "    2.93 KB  66.7% [##########]   media",
                        "    1.46 KB  33.3% [#####     ] > logs", "!         -   0.0% [          ]   sealed");
        assertThat(selected()).endsWith("media");
        assertThat(last()).startsWith("4.39 KB in 15 objects").endsWith("1/3 by size");
    }

    @Test
    void arrowsAndLettersMoveOpenAndLeave() {
        press(BrowserKey.DOWN, BrowserKey.RIGHT);
        assertThat(path()).isEqualTo("111111111111 / logs");
        assertThat(selected()).contains("2024/");
        type("lj");
        assertThat(path()).isEqualTo("111111111111 / logs / 2024/");
        assertThat(selected()).contains("02/");
        type("h");
        assertThat(selected()).contains("2024/");
        press(BrowserKey.LEFT, BrowserKey.LEFT, BrowserKey.LEFT);
        assertThat(path()).isEqualTo("111111111111");
        assertThat(selected()).contains("logs");
        press(BrowserKey.END);
        assertThat(selected()).contains("sealed");
        press(BrowserKey.DOWN, BrowserKey.PAGE_DOWN);
        assertThat(selected()).contains("sealed");
        type("k");
        assertThat(selected()).contains("logs");
        press(BrowserKey.PAGE_UP);
        assertThat(selected()).contains("media");
    }

    @Test
    void whatIsNotDividedCannotBeOpened() {
        press(BrowserKey.ENTER);

        assertThat(path()).isEqualTo("111111111111");
        assertThat(detail()).contains("--depth");
    }

    @Test
    void theOrderIsByNameSizeCountAverageOrDateAndTurnsRoundOnTheSameKey() {
        type("n");
        assertThat(names()).containsExactly("logs", "media", "sealed");
        assertThat(selected()).contains("media");
        type("n");
        assertThat(names()).containsExactly("sealed", "media", "logs");
        type("C");
        assertThat(names()).containsExactly("logs", "media", "sealed");
        type("A");
        assertThat(names()).containsExactly("media", "logs", "sealed");
        type("M");
        assertThat(names()).containsExactly("media", "logs", "sealed");
        type("s");
        assertThat(names()).containsExactly("media", "logs", "sealed");
        assertThat(last()).endsWith("1/3 by size");
    }

    @Test
    void columnsComeAndGoAndTheNarrowestScreenKeepsTheName() {
        type("gcam");
        assertThat(rows().get(0)).isEqualTo("    2.93 KB  2    1.46 KB 2026-03-01   media");
        type("g");
        assertThat(lines(40, 10).get(2).text().strip()).isEqualTo("2.93 KB  2    1.46 KB   media");
    }

    @Test
    void aSearchGoesThroughTheWholeTreeAndRoundAgain() {
        type("/2");
        press(BrowserKey.ENTER);
        assertThat(path()).isEqualTo("111111111111 / logs");
        assertThat(selected()).contains("2024/");
        type("/");
        press(BrowserKey.ENTER);
        assertThat(path()).isEqualTo("111111111111 / logs / 2024/");
        assertThat(selected()).contains("02/");
        type("/");
        press(BrowserKey.ENTER);
        assertThat(selected()).contains("2025/");
        type("/");
        press(BrowserKey.ENTER);
        assertThat(selected()).contains("2024/");
    }

    @Test
    void aSearchIsShownCanBeCorrectedAndGivenUp() {
        type("/q?X");
        assertThat(detail()).isEqualTo("search: q?X_");
        press(BrowserKey.BACKSPACE);
        assertThat(detail()).isEqualTo("search: q?_");
        press(BrowserKey.ENTER);
        assertThat(detail()).isEqualTo("nothing has q? in its name");
        assertThat(browser.ended()).isFalse();
        type("/x");
        press(BrowserKey.ESCAPE);
        assertThat(selected()).contains("media");
    }

    @Test
    void helpNamesTheKeysAndScrollsWhereItDoesNotFit() {
        type("?");
        assertThat(lines(40, 10).get(2).text()).startsWith("up, k / down, j");
        for (int i = 0; i < 50; i++) {
            type("j");
        }
        assertThat(lines(40, 10).get(7).text()).startsWith("1 KB is 1024 bytes");
        type("q");
        assertThat(browser.ended()).isFalse();
        type("q");
        assertThat(browser.ended()).isTrue();
    }

    @Test
    void aNewTreeKeepsThePlaceAndTheSelection() {
        press(BrowserKey.DOWN, BrowserKey.RIGHT);
        type("lj");

        browser.replace(
                node(
                        "111111111111",
                        leaf("new", 9_000, 9),
                        node("logs", node("2024/", leaf("01/", 900, 3), leaf("02/", 5_000, 9), leaf("03/", 1, 1)))),
                "later");

        assertThat(path()).isEqualTo("111111111111 / logs / 2024/");
        assertThat(selected()).contains("02/");
        assertThat(lines(80, 24).get(0).text()).startsWith("later");
        type("hh");
        assertThat(selected()).contains("logs");
    }

    @Test
    void whereThePlaceIsGoneTheNearestOneIsShown() {
        press(BrowserKey.DOWN, BrowserKey.RIGHT, BrowserKey.RIGHT);

        browser.replace(node("111111111111", node("logs", leaf("2025/", 1, 1)), leaf("media", 3, 2)), "later");

        assertThat(path()).isEqualTo("111111111111 / logs");
        assertThat(selected()).contains("2025/");
    }

    @Test
    void aProblemIsSaidOfTheSelectedRow() {
        press(BrowserKey.END);

        assertThat(detail()).isEqualTo("! AccessDenied: no permission");
    }

    @Test
    void namesThatWouldMoveTheCursorAreEscapedAndWideOnesAreCutByTheirWidth() {
        Browser hostile = new Browser(
                node("a\u001b[2Jb", leaf("\u202eevil\r\n\u001b]0;title\u0007", 9, 1), leaf("日本語".repeat(30), 8, 1)),
                "t\u0007");
        List<String> lines =
                BrowserScreen.of(hostile, 40, 10).stream().map(ScreenLine::text).toList();

        assertThat(lines.get(0)).startsWith("t\\x07");
        assertThat(lines.get(1)).isEqualTo("a\\x1b[2Jb");
        assertThat(lines.get(2)).contains("\\u202eevil");
        assertThat(lines.get(3)).endsWith("日本語日本語…");
    }

    private static EstateNode leaf(String name, long bytes, long objects) {
        return new EstateNode(name, bytes, objects, Instant.parse("2026-03-01T00:00:00Z"), null, List.of());
    }

    private static EstateNode node(String name, EstateNode... nodes) {
        return new EstateNode(
                name,
                Arrays.stream(nodes)
                        .mapToLong(node -> node.bytes() == null ? 0 : node.bytes())
                        .sum(),
                Arrays.stream(nodes)
                        .mapToLong(node -> node.objects() == null ? 0 : node.objects())
                        .sum(),
                null,
                null,
                List.of(nodes));
    }

    private void press(BrowserKey... keys) {
        Arrays.stream(keys).forEach(browser::press);
    }

    private void type(String text) {
        text.codePoints().forEach(browser::type);
    }

    private List<ScreenLine> lines(int width, int height) {
        return BrowserScreen.of(browser, width, height);
    }

    private String path() {
        return lines(80, 24).get(1).text();
    }

    /** The rows of the tree. */
    private List<String> rows() {
        return lines(80, 24).subList(2, 22).stream()
                .map(line -> line.text().stripTrailing())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private List<String> names() {
        return rows().stream().map(row -> row.replaceFirst(".*[ >]", "")).toList();
    }

    private String selected() {
        return lines(80, 24).subList(2, 22).stream()
                .filter(ScreenLine::reverse)
                .map(line -> line.text().strip())
                .reduce((one, other) -> one + other)
                .orElse("");
    }

    private String detail() {
        return lines(80, 24).get(22).text();
    }

    private String last() {
        return lines(80, 24).get(23).text();
    }
}
