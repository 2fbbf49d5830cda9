package dev.muster.report.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.output.TextTable.DisplayWidth;
import dev.muster.report.browse.BrowserScreen.ScreenLine;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the tree, the keys and the size of the terminal: the screen fits and shows the cursor. */
class BrowserPropertyTest {
    private static final BrowserKey[] KEYS = BrowserKey.values();

    @Property(tries = 400)
    void theScreenFitsAndShowsTheCursor(
            @ForAll("trees") EstateNode before,
            @ForAll("trees") EstateNode after,
            @ForAll("keys") List<Integer> keys,
            @ForAll @IntRange(min = 1, max = 130) int width,
            @ForAll @IntRange(min = 1, max = 30) int height) {
        Browser browser = new Browser(before, before.name());
        int half = keys.size() / 2;
        for (int i = 0; i < keys.size(); i++) {
            if (i == half) {
                browser.replace(after, after.name());
            }
            press(browser, keys.get(i));
            List<ScreenLine> lines = BrowserScreen.of(browser, width, height);
            assertThat(lines).hasSize(height);
            assertThat(lines).allSatisfy(line -> {
                assertThat(DisplayWidth.of(line.text())).isLessThanOrEqualTo(width);
                assertThat(line.text().codePoints()).noneMatch(Character::isISOControl);
            });
            boolean list = browser.mode() != Browser.Mode.HELP
                    && !browser.level().rows().isEmpty();
            int first = height < 6 ? 0 : 2;
            int last = height < 6 ? height : height - 2;
            assertThat(lines.subList(first, last).stream().filter(ScreenLine::reverse))
                    .hasSize(list ? 1 : 0);
        }
    }

    @Property(tries = 200)
    void aSearchFindsEveryNameOfTheTreeInTurn(@ForAll("trees") EstateNode tree) {
        Browser browser = new Browser(tree, "");
        long all = below(tree);
        browser.type('/');
        browser.type('a');
        browser.press(BrowserKey.BACKSPACE);
        browser.type('x');
        browser.press(BrowserKey.ENTER);
        long found = matching(tree);
        assertThat(browser.message().isEmpty()).isEqualTo(found > 0);
        for (long i = 0; i < Math.min(found, all); i++) {
            assertThat(browser.level().selected().orElseThrow().name()).contains("x");
            browser.type('/');
            browser.press(BrowserKey.ENTER);
        }
    }

    private static long below(EstateNode node) {
        return node.nodes().stream().mapToLong(child -> 1 + below(child)).sum();
    }

    private static long matching(EstateNode node) {
        return node.nodes().stream()
                .mapToLong(child -> (child.name().contains("x") ? 1 : 0) + matching(child))
                .sum();
    }

    private static void press(Browser browser, int key) {
        if (key < KEYS.length) {
            browser.press(KEYS[key]);
        } else {
            browser.type(key);
        }
    }

    @Provide
    Arbitrary<List<Integer>> keys() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, KEYS.length - 1),
                        Arbitraries.of("hjklnsCAMgcam/?x<".chars().boxed().toList()))
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<EstateNode> trees() {
        return trees(3);
    }

    private static Arbitrary<EstateNode> trees(int depth) {
        Arbitrary<List<EstateNode>> nodes = depth == 0
                ? Arbitraries.just(List.of())
                : trees(depth - 1).list().ofMaxSize(5);
        Arbitrary<String> names = Arbitraries.of(
                "x",
                "xa",
                "b/",
                "",
                "日本語",
                "e\u0301",
                "\u001b[31m",
                "\u202e",
                "👩‍👩‍👧",
                "עברית",
                "\ud800",
                "x".repeat(200));
        return Combinators.combine(
                        names,
                        Arbitraries.longs().greaterOrEqual(0).injectNull(0.2),
                        Arbitraries.longs().greaterOrEqual(0).injectNull(0.2),
                        nodes)
                .as((name, bytes, objects, children) ->
                        new EstateNode(name, bytes, objects, Instant.EPOCH, bytes == null ? "why\n" : null, children));
    }
}
