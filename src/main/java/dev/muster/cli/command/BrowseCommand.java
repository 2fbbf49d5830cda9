package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.BrowserTerminal;
import dev.muster.cli.console.DaemonTimer;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.report.browse.Browser;
import dev.muster.report.browse.ReportSource;
import dev.muster.report.browse.ReportSource.Reading;
import dev.muster.report.saved.UnreadableReportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Browses a report in the terminal. */
@Command(
        name = "browse",
        description = {
            "Browses the report of an audit in the terminal, with the keys of ncdu: accounts, buckets, and prefixes as far as --depth counted them.",
            "A file that changes is read again, so that one can watch a run."
        },
        sortOptions = false,
        footer = {
            "",
            "Keys: arrows or hjkl move, Enter opens; n s C A M order; g c a m columns; / searches; ? all keys; q quits.",
            "",
            "Examples:",
            "  muster browse audit.json",
            "  muster browse reports/     the newest report of audit --history reports/",
            "  muster browse              the run that is under way or was interrupted last"
        })
final class BrowseCommand implements Callable<Integer> {
    private static final int SECONDS_BETWEEN_LOOKS = 1;

    @Parameters(
            paramLabel = "REPORT",
            arity = "0..1",
            description =
                    "a file that muster audit --format json wrote, or a directory of --history or --checkpoint (default: this user's run that is under way or was interrupted last)")
    Path report;

    @Mixin
    ConsoleOptions console;

    private final CommandContext commandContext;

    BrowseCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() throws IOException {
        ReportSource source = source();
        Reading reading = read(source);
        Browser browser = new Browser(reading.root(), reading.title());
        AtomicReference<Consumer<Browser>> news = new AtomicReference<>();
        ScheduledExecutorService timer = DaemonTimer.named("report");
        try (BrowserTerminal terminal = new BrowserTerminal()) {
            var unused = timer.scheduleWithFixedDelay(
                    () -> look(source, news), SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
            boolean ended = terminal.show(browser, shown -> {
                Consumer<Browser> change = news.getAndSet(null);
                if (change != null) {
                    change.accept(shown);
                }
            });
            return ended ? ExitCodes.COMPLETE : ExitCodes.INTERRUPTED;
        } finally {
            timer.shutdownNow();
        }
    }

    private ReportSource source() {
        if (report != null) {
            return ReportSource.of(report);
        }
        Path state = commandContext
                .directories()
                .state()
                .orElseThrow(() -> new UserException(
                        ExitCodes.USAGE, "the user has no home directory to look for runs in: name a report"));
        try {
            return ReportSource.ofNewestRun(state);
        } catch (UnreadableReportException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    private static Reading read(ReportSource source) {
        try {
            return source.changed().orElseThrow();
        } catch (UnreadableReportException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    private static void look(ReportSource source, AtomicReference<Consumer<Browser>> news) {
        try {
            source.changed().ifPresent(now -> news.set(browser -> browser.replace(now.root(), now.title())));
        } catch (UnreadableReportException e) {
            news.set(browser -> browser.say(e.getMessage()));
        }
    }
}
