package dev.muster.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.ErrorClassifier;
import dev.muster.engine.Job;
import dev.muster.engine.RunEnd;
import dev.muster.engine.RunResult;
import dev.muster.events.Count;
import dev.muster.events.EventsFailure;
import dev.muster.events.EventsJob;
import dev.muster.events.EventsJobs;
import dev.muster.events.EventsReport;
import dev.muster.events.EventsResult;
import dev.muster.events.EventsSettings;
import dev.muster.events.EventsSummary;
import dev.muster.events.EventsTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.regions.Region;

/** What {@code muster events} and its backfill have in common. */
final class EventsRuns {
    /** Longer than the longest poll of 20 seconds, in which nothing arrives. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final Invocation invocation;
    private final CommonOptions common;
    private final PrintWriter out;

    EventsRuns(Invocation invocation, CommonOptions common, PrintWriter out) {
        this.invocation = invocation;
        this.common = common;
        this.out = out;
    }

    static EventsSettings settings(Config config) {
        try {
            return EventsSettings.from(config);
        } catch (ConfigException e) {
            throw new UserException(ExitCodes.USAGE, Configuration.oneLine(e), e);
        }
    }

    static AwsSettings aws(AwsOptions options, EventsOptions events, Config config, int connections) {
        Duration read = config.getDuration("muster.aws.timeout.read");
        Config patient = read.compareTo(LONGEST_SILENCE) >= 0
                ? config
                : config.withValue("muster.aws.timeout.read", ConfigValueFactory.fromAnyRef(LONGEST_SILENCE));
        AwsSettings settings = options.settings(patient, connections, false, false);
        Map<String, URI> endpoints = new HashMap<>(settings.endpoints());
        put(endpoints, "sqs", events.sqsEndpointUrl);
        put(endpoints, "s3", events.s3EndpointUrl);
        return new AwsSettings(
                settings.profile(),
                settings.keys(),
                settings.region(),
                settings.endpoint(),
                endpoints,
                settings.pathStyle() || endpoints.containsKey("s3"),
                settings.requestPayer(),
                settings.timeouts(),
                settings.maxConnections());
    }

    private static void put(Map<String, URI> endpoints, String service, String url) {
        if (url != null) {
            endpoints.put(service, URI.create(url));
        }
    }

    static EventsJobs jobs(Config config, EventsSettings settings, AwsClients clients, Region region) {
        ErrorClassifier errors = new ErrorClassifier(clients.settings());
        return new EventsJobs(config, settings, clients.s3Async(region), errors::classify);
    }

    /** Runs a job and writes its summary. */
    int run(EventsJob events, boolean dryRun, EventsReport.Format format) {
        JobRunner runner = new JobRunner(invocation, common);
        Job<EventsTask, EventsResult, EventsSummary> job = events.job();
        RunResult<EventsTask, EventsSummary> result;
        try {
            result = runner.runFromQueue(job, EventsGauge::line, events.workers(), events::stop);
        } finally {
            job.executor().close();
        }
        EventsSummary summary = result.summary();
        boolean complete = result.end() instanceof RunEnd.Complete
                && summary.failures().isEmpty()
                && summary.count(Count.REJECTED) == 0;
        write(new EventsReport(summary, complete, dryRun, result.startedAt(), result.elapsed()), format);
        tell(summary);
        if (!(result.end() instanceof RunEnd.Complete) || cameToNothing(summary)) {
            return ExitCodes.FAILED;
        }
        return complete ? ExitCodes.COMPLETE : ExitCodes.INCOMPLETE;
    }

    /** Nothing could be received at all: the queue is not there, say, or may not be read. */
    private static boolean cameToNothing(EventsSummary summary) {
        return !summary.failures().isEmpty() && summary.count(Count.RECEIVED) + summary.count(Count.REJECTED) == 0;
    }

    private void tell(EventsSummary summary) {
        for (EventsFailure failure : summary.failures()) {
            invocation.talk().line("muster: incomplete: " + failure.what() + ": " + failure.message());
        }
        summary.rejectedLines()
                .forEach((line, reason) ->
                        invocation.talk().line("muster: incomplete: line " + line + " was left out: " + reason));
    }

    private void write(EventsReport report, EventsReport.Format format) {
        try {
            report.write(format, out);
            out.flush();
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, "cannot write the summary to stdout: " + e.getMessage(), e);
        }
        if (out.checkError()) {
            throw new UserException(ExitCodes.FAILED, "cannot write the summary to stdout");
        }
    }
}
