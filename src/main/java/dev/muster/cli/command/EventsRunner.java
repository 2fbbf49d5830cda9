package dev.muster.cli.command;

import com.typesafe.config.Config;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.EndpointUrl;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.s3.BucketClient;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.console.ProgressLine.EventsProgressLine;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.EventsOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.JobRunner;
import dev.muster.cli.run.ReportDestination;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.events.EventBuckets;
import dev.muster.events.EventsJob;
import dev.muster.events.EventsJobFactory;
import dev.muster.events.EventsPartial;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.EventsPartial.EventsFailure;
import dev.muster.events.EventsReport;
import dev.muster.events.EventsSettings;
import dev.muster.events.EventsTask;
import dev.muster.output.Plural;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/** Runs the job of {@code muster events} or of its backfill on this machine, and writes its summary. */
final class EventsRunner {
    /** Read timeout that allows for the longest poll of 20 seconds, during which nothing arrives. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final CommandContext commandContext;
    private final ConsoleOptions console;
    private final PrintWriter out;
    private volatile boolean stopped;

    EventsRunner(CommandContext commandContext, ConsoleOptions console, PrintWriter out) {
        this.commandContext = commandContext;
        this.console = console;
        this.out = out;
    }

    /** The settings with enough time for a long poll, and with the options' endpoint of S3. */
    static AwsSettings reach(AwsSettings settings, EventsOptions events) {
        Timeouts usual = settings.timeouts();
        Duration read = usual.read().compareTo(LONGEST_SILENCE) >= 0 ? usual.read() : LONGEST_SILENCE;
        return at(settings.with(new Timeouts(usual.connect(), read, usual.request())), "s3", events.s3EndpointUrl);
    }

    /** The settings with one service at a URL of its own, if there is one. */
    static AwsSettings at(AwsSettings settings, String service, String url) {
        if (url == null) {
            return settings;
        }
        return settings.at(service, EndpointUrl.parse("--" + service + "-endpoint-url", url));
    }

    static EventsJobFactory jobs(Config config, EventsSettings settings, AwsClients clients, Region region) {
        ErrorClassifier errors = new ErrorClassifier(clients.settings());
        EventBuckets buckets =
                new EventBuckets(name -> new BucketClient(clients::s3Async, region, name), errors::classify);
        return new EventsJobFactory(config, settings, buckets);
    }

    /**
     * Runs a job and writes its summary.
     *
     * @param stopEnds whether a first signal counts as a normal end instead of an interruption
     * @param atStop message about the effect of a first and a second signal
     */
    int run(EventsJob events, boolean dryRun, EventsReport.Format format, boolean stopEnds, String atStop) {
        RunResult<EventsTask, EventsPartial> result;
        EventsPartial leftOver;
        try {
            String workers = commandContext.config().getString("muster.workers");
            result = new JobRunner(commandContext, CommonOptions.of(workers, console))
                    .runFromQueue(events.job(), EventsProgressLine::line, events.workers(), () -> stop(events, atStop));
        } finally {
            leftOver = events.close();
        }
        EventsPartial all = events.job().summary().merge(result.summary(), leftOver);
        boolean ended = result.end() instanceof RunEnd.Complete && (stopEnds || !stopped);
        return report(result, all, ended, dryRun, format);
    }

    /**
     * Writes the summary of a run; returns the exit code.
     *
     * @param ended whether it came to its end without being interrupted
     */
    int report(
            RunResult<EventsTask, EventsPartial> result,
            EventsPartial summary,
            boolean ended,
            boolean dryRun,
            EventsReport.Format format) {
        boolean complete = ended && summary.failures().isEmpty() && summary.count(EventCount.REJECTED) == 0;
        write(new EventsReport(summary, complete, dryRun, result.startedAt(), result.elapsed()), format);
        boolean failed = result.end() instanceof RunEnd.Halted || (ended && cameToNothing(summary));
        tell(summary, failed ? "muster: error: " : "muster: incomplete: ");
        if (ended && !failed && !summary.failures().isEmpty()) {
            commandContext.console().line("muster: to do what is left: " + commandContext.sameCommand());
        }
        RunEnd end = ended ? new RunEnd.Complete() : failed ? result.end() : new RunEnd.Interrupted();
        return ExitCodes.of(
                end, failed ? ExitCodes.Found.NOTHING : complete ? ExitCodes.Found.ALL : ExitCodes.Found.SOME);
    }

    private void stop(EventsJob events, String atStop) {
        stopped = true;
        if (!console.quiet) {
            commandContext.console().line("muster: stopping: writing what is held; " + atStop);
        }
        events.stop();
    }

    /** Tells whether nothing could be received at all, because the queue does not exist, say, or may not be read. */
    private static boolean cameToNothing(EventsPartial summary) {
        return summary.failures().stream().anyMatch(failure -> !failure.code().equals(EventsFailure.NOT_DRAINED))
                && summary.count(EventCount.RECEIVED) + summary.count(EventCount.REJECTED) == 0;
    }

    /** Reports failures and rejected lines, each once, as several pollers fail with the same message. */
    private void tell(EventsPartial summary, String how) {
        Stream<String> failures = summary.failures().stream().map(failure -> failure.what() + ": " + failure.message());
        Stream<String> lines = summary.rejectedLines().entrySet().stream()
                .map(line -> "line " + line.getKey() + " was left out: " + line.getValue());
        Stream.concat(failures, lines)
                .distinct()
                .forEach(line -> commandContext.console().line(how + line));
        long unnamed =
                summary.count(EventCount.REJECTED) - summary.rejectedLines().size();
        if (unnamed > 0) {
            commandContext.console().line(how + "left out as well: " + Plural.counted(unnamed, "line"));
        }
    }

    private void write(EventsReport report, EventsReport.Format format) {
        try {
            report.write(format, out);
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, "cannot write the summary to stdout: " + e.getMessage(), e);
        }
        ReportDestination.requirePrinted(out, "cannot write the summary to stdout", "");
    }

    /** Error about the directory in which day files are merged. */
    static String unusableDirectory(EventsSettings settings, IOException error) {
        String directory = settings.temporaryDirectory();
        return "cannot merge day files in "
                + (directory.isEmpty() ? "the temporary directory" : directory)
                + ": " + FileErrors.reason(error) + "; give another with muster.events.temporary-directory";
    }
}
