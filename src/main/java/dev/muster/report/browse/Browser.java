package dev.muster.report.browse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * State of a terminal browser: the place in the tree, the order, the columns, and what is being typed. Keys are those of
 * ncdu and of rclone's ncdu. Draws nothing and waits for nothing; {@link BrowserScreen} gives the lines to show. Not for
 * concurrent use.
 */
public final class Browser {
    /** The keys' present meaning. */
    enum Mode {
        LIST,
        SEARCH,
        HELP
    }

    /** An opened node. */
    static final class Level {
        private final EstateNode node;
        private List<EstateNode> rows;
        private int cursor;
        private int top;

        Level(EstateNode node, NodeOrder order, boolean reverse) {
            this.node = node;
            this.rows = order.sorted(node.nodes(), reverse);
        }

        EstateNode node() {
            return node;
        }

        List<EstateNode> rows() {
            return rows;
        }

        int cursor() {
            return cursor;
        }

        Optional<EstateNode> selected() {
            return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(cursor));
        }

        private void move(int steps) {
            cursor = Math.max(0, Math.min(rows.size() - 1, cursor + steps));
        }

        /** Puts the cursor on the first such row; leaves it about where it is if there is none. */
        private void select(Predicate<EstateNode> wanted) {
            move(0);
            for (int i = 0; i < rows.size(); i++) {
                if (wanted.test(rows.get(i))) {
                    cursor = i;
                    return;
                }
            }
        }

        /** The first row to show, so that the cursor is among those that fit. */
        int top(int height) {
            top = Math.max(Math.min(top, cursor), cursor - height + 1);
            top = Math.max(0, Math.min(top, rows.size() - height));
            return top;
        }
    }

    /** The opened nodes, the innermost first. */
    private final Deque<Level> levels = new ArrayDeque<>();

    private final BrowserColumns columns = new BrowserColumns();
    private NodeOrder order = NodeOrder.SIZE;
    private boolean reverse;
    private Mode mode = Mode.LIST;
    private String typed = "";
    private String searched = "";
    private String message = "";
    private String title;
    private int page = 1;
    private int helpTop;
    private boolean ended;

    /** @param title says what the tree is of */
    public Browser(EstateNode root, String title) {
        this.title = title;
        levels.push(new Level(root, order, reverse));
    }

    /** Replaces the tree by a newer one; the place and the selection stay as far as they are still there. */
    public void replace(EstateNode root, String newTitle) {
        title = newTitle;
        List<Level> before = new ArrayList<>(levels);
        levels.clear();
        EstateNode node = root;
        for (int i = before.size() - 1; i >= 0 && node != null; i--) {
            Level old = before.get(i);
            Level level = new Level(node, order, reverse);
            level.cursor = old.cursor;
            level.top = old.top;
            String name = old.selected().map(EstateNode::name).orElse("");
            level.select(row -> row.name().equals(name));
            levels.push(level);
            String inner = i == 0 ? "" : before.get(i - 1).node().name();
            node = node.nodes().stream()
                    .filter(child ->
                            child.name().equals(inner) && !child.nodes().isEmpty())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Shows a message until the next key. */
    public void say(String text) {
        message = text;
    }

    /** Tells whether the user has asked to leave. */
    public boolean ended() {
        return ended;
    }

    /** Takes a key that types no character. */
    public void press(BrowserKey key) {
        message = "";
        switch (mode) {
            case LIST -> pressInList(key);
            case SEARCH -> pressInSearch(key);
            case HELP -> pressInHelp(key);
        }
    }

    /** Takes a typed character. */
    public void type(int character) {
        message = "";
        switch (mode) {
            case LIST -> typeInList(character);
            case SEARCH -> typed += Character.toString(character);
            case HELP -> typeInHelp(character);
        }
    }

    private void pressInList(BrowserKey key) {
        Level level = levels.element();
        switch (key) {
            case UP -> level.move(-1);
            case DOWN -> level.move(1);
            case PAGE_UP -> level.move(-page);
            case PAGE_DOWN -> level.move(page);
            case HOME -> level.move(-level.rows.size());
            case END -> level.move(level.rows.size());
            case RIGHT, ENTER -> open(level);
            case LEFT, BACKSPACE -> leave();
            case ESCAPE -> {}
        }
    }

    private void typeInList(int character) {
        switch (character) {
            case 'k' -> press(BrowserKey.UP);
            case 'j' -> press(BrowserKey.DOWN);
            case 'l' -> press(BrowserKey.RIGHT);
            case 'h', '<' -> press(BrowserKey.LEFT);
            case 'n' -> sort(NodeOrder.NAME);
            case 's' -> sort(NodeOrder.SIZE);
            case 'C' -> sort(NodeOrder.COUNT);
            case 'A' -> sort(NodeOrder.AVERAGE);
            case 'M' -> sort(NodeOrder.MODIFIED);
            case '/' -> {
                mode = Mode.SEARCH;
                typed = "";
            }
            case '?' -> {
                mode = Mode.HELP;
                helpTop = 0;
            }
            case 'q' -> ended = true;
            default -> columns.toggle(character);
        }
    }

    private void pressInSearch(BrowserKey key) {
        switch (key) {
            case ENTER -> {
                mode = Mode.LIST;
                searched = typed.isEmpty() ? searched : typed;
                search();
            }
            case ESCAPE -> mode = Mode.LIST;
            case BACKSPACE ->
                typed = typed.isEmpty() ? "" : typed.substring(0, typed.offsetByCodePoints(typed.length(), -1));
            default -> {}
        }
    }

    private void pressInHelp(BrowserKey key) {
        switch (key) {
            case DOWN, PAGE_DOWN -> helpTop++;
            case UP, PAGE_UP -> helpTop--;
            default -> mode = Mode.LIST;
        }
        helpTop = Math.max(0, Math.min(BrowserScreen.HELP.size() - page, helpTop));
    }

    private void typeInHelp(int character) {
        switch (character) {
            case 'j' -> press(BrowserKey.DOWN);
            case 'k' -> press(BrowserKey.UP);
            default -> mode = Mode.LIST;
        }
    }

    private void open(Level level) {
        EstateNode node = level.selected().orElse(level.node());
        if (node.nodes().isEmpty()) {
            message = "not counted in parts; muster audit --depth tells prefixes apart";
        } else {
            levels.push(new Level(node, order, reverse));
        }
    }

    private void leave() {
        if (levels.size() > 1) {
            levels.pop();
        }
    }

    @SuppressWarnings("ReferenceEquality") // nodes of several places may be equal
    private void sort(NodeOrder wanted) {
        reverse = wanted == order && !reverse;
        order = wanted;
        for (Level level : levels) {
            EstateNode selected = level.selected().orElse(null);
            level.rows = order.sorted(level.node.nodes(), reverse);
            level.select(row -> row == selected);
        }
    }

    @SuppressWarnings("ReferenceEquality") // nodes of several places may be equal
    private void search() {
        if (searched.isEmpty()) {
            return;
        }
        Level root = levels.getLast();
        Optional<List<EstateNode>> found = NodeSearch.next(
                root.node(),
                node -> order.sorted(node.nodes(), reverse),
                levels.element().selected(),
                searched);
        if (found.isEmpty()) {
            message = "nothing has " + searched + " in its name";
            return;
        }
        Iterator<EstateNode> path = found.get().iterator();
        levels.clear();
        for (Level level = root; ; level = new Level(level.selected().orElseThrow(), order, reverse)) {
            levels.push(level);
            EstateNode next = path.next();
            level.select(row -> row == next);
            if (!path.hasNext()) {
                return;
            }
        }
    }

    /** Notes how many rows fit, by which pages are turned. */
    void page(int rows) {
        page = rows;
    }

    Level level() {
        return levels.element();
    }

    /** The opened nodes, the root first. */
    List<EstateNode> path() {
        List<EstateNode> path = new ArrayList<>();
        levels.descendingIterator().forEachRemaining(level -> path.add(level.node()));
        return path;
    }

    BrowserColumns columns() {
        return columns;
    }

    Mode mode() {
        return mode;
    }

    String typed() {
        return typed;
    }

    String message() {
        return message;
    }

    String title() {
        return title;
    }

    int helpTop() {
        return helpTop;
    }

    /** The order in words. */
    String ordered() {
        return "by " + order.label() + (reverse ? ", reversed" : "");
    }
}
