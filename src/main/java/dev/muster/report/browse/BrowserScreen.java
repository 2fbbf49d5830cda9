package dev.muster.report.browse;

import static java.util.stream.Collectors.joining;

import dev.muster.output.TerminalText;
import dev.muster.output.TextTable.DisplayWidth;
import dev.muster.report.browse.Browser.Level;
import dev.muster.report.browse.Browser.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lines of a browser's screen: two at the top that say what it is and where one stands, the rows, and two at the bottom
 * about the selected row and the whole. Every line fits the width; text from elsewhere is escaped.
 */
public final class BrowserScreen {
    /** Rows below which there is room for rows of the tree alone. */
    private static final int LEAST_ROWS = 6;

    static final List<String> HELP = List.of(
            "up, k / down, j   move",
            "right, l, Enter   open",
            "left, h           back",
            "PgUp, PgDn        a page up, down",
            "Home, End         first, last",
            "n s C A M         order by name, size,",
            "                  objects, average, date;",
            "                  again: in reverse",
            "g                 graph and share",
            "c a m             columns of objects,",
            "                  average size, date",
            "/                 search below the top;",
            "                  / Enter: the next one",
            "q, Ctrl-C         quit",
            "",
            "!  not counted in full, or not at all",
            ">  can be opened",
            "1 KB is 1024 bytes; times are UTC");

    /** A line, and whether it is in reverse video. */
    public record ScreenLine(String text, boolean reverse) {}

    private final Browser browser;
    private final int width;
    private final int height;

    private BrowserScreen(Browser browser, int width, int height) {
        this.browser = browser;
        this.width = Math.max(1, width);
        this.height = Math.max(1, height);
    }

    /** The lines for a terminal of a size; as many as it has rows. */
    public static List<ScreenLine> of(Browser browser, int width, int height) {
        return new BrowserScreen(browser, width, height).lines();
    }

    private List<ScreenLine> lines() {
        boolean bars = height >= LEAST_ROWS;
        int rows = bars ? height - 4 : height;
        browser.page(rows);
        List<ScreenLine> lines = new ArrayList<>();
        if (bars) {
            lines.add(bar(browser.title(), "?: help"));
            lines.add(plain(DisplayWidth.cutStart(path(), width)));
        }
        List<ScreenLine> body = browser.mode() == Mode.HELP ? help(rows) : rows(rows);
        lines.addAll(body);
        for (int i = body.size(); i < rows; i++) {
            lines.add(plain(""));
        }
        if (bars) {
            lines.add(plain(detail()));
            lines.add(bar(total(), place()));
        }
        return lines;
    }

    private String path() {
        return browser.path().stream()
                .map(node -> TerminalText.escape(node.name()))
                .collect(joining(" / "));
    }

    private List<ScreenLine> help(int rows) {
        return BrowserScreen.HELP.stream()
                .skip(browser.helpTop())
                .limit(rows)
                .map(this::plain)
                .toList();
    }

    private List<ScreenLine> rows(int rows) {
        Level level = browser.level();
        if (level.rows().isEmpty()) {
            return List.of(plain("  (nothing)"));
        }
        Function<EstateNode, String> cells = browser.columns().of(level.node(), width);
        int top = level.top(rows);
        List<ScreenLine> lines = new ArrayList<>();
        for (int i = top; i < Math.min(level.rows().size(), top + rows); i++) {
            EstateNode row = level.rows().get(i);
            String text = cells.apply(row) + TerminalText.escape(row.name());
            lines.add(i == level.cursor() ? reverse(text) : plain(text));
        }
        return lines;
    }

    /** The message or what is being typed, or else the selected row where its own line has no room for it. */
    private String detail() {
        if (browser.mode() == Mode.SEARCH) {
            return DisplayWidth.cutStart("search: " + TerminalText.escape(browser.typed()) + "_", width);
        }
        if (!browser.message().isEmpty()) {
            return TerminalText.escape(browser.message());
        }
        Optional<EstateNode> selected = browser.level().selected();
        if (selected.isEmpty()) {
            return "";
        }
        EstateNode row = selected.get();
        if (row.problem() != null) {
            return "! " + TerminalText.escape(row.problem());
        }
        String name = TerminalText.escape(row.name());
        String cells = browser.columns().of(browser.level().node(), width).apply(row);
        return cells.length() + DisplayWidth.of(name) > width
                ? DisplayWidth.cutStart(name, width)
                : BrowserColumns.count(row.bytes()) + " bytes, " + BrowserColumns.count(row.objects())
                        + " objects, newest " + BrowserColumns.day(row);
    }

    private String total() {
        EstateNode node = browser.level().node();
        return BrowserColumns.size(node.bytes()) + " in " + BrowserColumns.count(node.objects()) + " objects";
    }

    private String place() {
        Level level = browser.level();
        return level.rows().isEmpty()
                ? ""
                : (level.cursor() + 1) + "/" + level.rows().size() + " " + browser.ordered();
    }

    /** A line in reverse video with text at both ends, of which the right one is left out where there is no room. */
    private ScreenLine bar(String left, String right) {
        String text = TerminalText.escape(left);
        int gap = width - DisplayWidth.of(text) - DisplayWidth.of(right);
        return reverse(gap >= 2 ? text + " ".repeat(gap) + right : text);
    }

    private ScreenLine plain(String text) {
        return new ScreenLine(DisplayWidth.cut(text, width), false);
    }

    private ScreenLine reverse(String text) {
        String fitting = DisplayWidth.cut(text, width);
        return new ScreenLine(fitting + " ".repeat(width - DisplayWidth.of(fitting)), true);
    }
}
