package dev.muster.cli.console;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.report.browse.Browser;
import dev.muster.report.browse.BrowserKey;
import dev.muster.report.browse.BrowserScreen;
import dev.muster.report.browse.BrowserScreen.ScreenLine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * Shows a browser on the process's terminal, and gives the terminal back as it was, however that ends. JLine finds the
 * terminal by {@code stty}, without native code.
 */
public final class BrowserTerminal implements AutoCloseable {
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;
    /** Time between looks for news and signals. */
    private static final long TICK_MILLIS = 200;
    /** Time within which the rest of a key's characters follow the first, on a busy machine and a slow line too. */
    private static final long REST_MILLIS = 300;

    private final Terminal terminal;
    private final Attributes before;
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean closed = new AtomicBoolean();
    private int columns;
    private int rows;
    private List<ScreenLine> shown = List.of();

    /**
     * Takes the terminal.
     *
     * @throws UserException if there is none that a cursor can be moved on
     */
    public BrowserTerminal() {
        terminal = terminal();
        before = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(LocalFlag.ISIG, true);
        raw.setControlChar(ControlChar.VSUSP, 0); // suspended, the screen would stay in disorder
        raw.setControlChar(ControlChar.VQUIT, 0); // Java would print its threads
        terminal.setAttributes(raw);
        terminal.handle(Signal.WINCH, signal -> resized.set(true));
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    private static Terminal terminal() {
        Optional<Terminal> found = Optional.empty();
        if (Stdout.isTerminal()) {
            try {
                found = Optional.of(TerminalBuilder.builder()
                        .system(true)
                        .systemOutput(SystemOutput.SysOut)
                        .provider("exec")
                        .dumb(false)
                        .nativeSignals(true)
                        .build());
            } catch (IOException | IllegalStateException e) {
                Logging.debug("no terminal", e);
            }
        }
        return found.filter(terminal -> terminal.getStringCapability(Capability.cursor_address) != null)
                .orElseThrow(() -> new UserException(
                        ExitCodes.USAGE,
                        "there is no terminal to browse in: run it in one, with stdin and stdout as they are,"
                                + " or make a page with muster report"));
    }

    /**
     * Shows the browser until it has ended or a signal asks for the end. Returns whether it has ended by itself.
     *
     * @param news brings the browser up to date; called a few times a second
     */
    public boolean show(Browser browser, Consumer<Browser> news) throws IOException {
        try (SignalHandler signals = new SignalHandler(() -> {}, this::close)) {
            while (!browser.ended() && !signals.interrupted()) {
                news.accept(browser);
                paint(browser);
                read(browser);
            }
            return browser.ended();
        }
    }

    private void read(Browser browser) throws IOException {
        NonBlockingReader keys = terminal.reader();
        int first = keys.read(TICK_MILLIS);
        if (first == NonBlockingReader.EOF) {
            throw new UserException(ExitCodes.INTERRUPTED, "the terminal is gone");
        }
        if (first == ESCAPE) {
            escaped(keys).ifPresent(browser::press);
        } else if (first == '\r' || first == '\n') {
            browser.press(BrowserKey.ENTER);
        } else if (first == DELETE || first == '\b') {
            browser.press(BrowserKey.BACKSPACE);
        } else if (first >= ' ') {
            char high = (char) first;
            browser.type(
                    Character.isHighSurrogate(high)
                            ? Character.toCodePoint(high, (char) keys.read(REST_MILLIS))
                            : first);
        }
    }

    /** The key of a sequence of characters that begins with an escape, as of VT220 and xterm; empty for others. */
    private static Optional<BrowserKey> escaped(NonBlockingReader keys) throws IOException {
        int kind = keys.read(REST_MILLIS);
        if (kind < 0) {
            return Optional.of(BrowserKey.ESCAPE);
        }
        StringBuilder rest = new StringBuilder();
        int next = kind == '[' || kind == 'O' ? keys.read(REST_MILLIS) : -1;
        while (next >= 0) {
            rest.append((char) next);
            next = next < '@' ? keys.read(REST_MILLIS) : -1;
        }
        return switch (rest.toString()) {
            case "A" -> Optional.of(BrowserKey.UP);
            case "B" -> Optional.of(BrowserKey.DOWN);
            case "C" -> Optional.of(BrowserKey.RIGHT);
            case "D" -> Optional.of(BrowserKey.LEFT);
            case "H", "1~", "7~" -> Optional.of(BrowserKey.HOME);
            case "F", "4~", "8~" -> Optional.of(BrowserKey.END);
            case "5~" -> Optional.of(BrowserKey.PAGE_UP);
            case "6~" -> Optional.of(BrowserKey.PAGE_DOWN);
            default -> Optional.empty();
        };
    }

    /** Writes the lines that are not yet on the screen; all of them after a change of its size. */
    private void paint(Browser browser) {
        if (resized.getAndSet(false)) {
            Size size = terminal.getSize();
            columns = size.getColumns();
            rows = size.getRows();
            shown = List.of();
            terminal.puts(Capability.clear_screen);
        }
        List<ScreenLine> lines = BrowserScreen.of(browser, columns, rows);
        for (int row = 0; row < lines.size(); row++) {
            ScreenLine line = lines.get(row);
            if (row >= shown.size() || !line.equals(shown.get(row))) {
                terminal.puts(Capability.cursor_address, row, 0);
                terminal.puts(Capability.clr_eol);
                terminal.puts(line.reverse() ? Capability.enter_reverse_mode : Capability.exit_attribute_mode);
                terminal.writer().write(line.text());
                terminal.puts(Capability.exit_attribute_mode);
            }
        }
        shown = lines;
        terminal.flush();
    }

    /** Gives the terminal back as it was. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        terminal.puts(Capability.exit_attribute_mode);
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.keypad_local);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        terminal.setAttributes(before);
        try {
            terminal.close();
        } catch (IOException e) {
            Logging.debug("the terminal was not closed", e);
        }
    }
}
