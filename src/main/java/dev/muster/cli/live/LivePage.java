package dev.muster.cli.live;

import dev.muster.audit.AuditPartial;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.DaemonTimer;
import dev.muster.cluster.HostPort;
import dev.muster.engine.Job;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.RunSnapshot;
import dev.muster.output.Json;
import dev.muster.report.AuditFormat;
import dev.muster.report.AuditReport;
import dev.muster.report.html.LiveHtml;
import dev.muster.report.live.LiveFigures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Live page of an audit on this machine, from before its start until its report is written. */
public final class LivePage implements AutoCloseable {
    /** Time for readers to fetch the report of a run that has ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HostPort address;
    private final LiveServer server;
    private final LiveFigures figures;
    private final CauseCounter causes = new CauseCounter();
    private final ScheduledExecutorService timer = DaemonTimer.named("page");

    private LivePage(HostPort address, LiveServer server, LiveFigures figures) {
        this.figures = figures;
        this.address = address;
        this.server = server;
    }

    /**
     * Begins to answer at an address.
     *
     * @throws UserException if that is not possible
     */
    public static LivePage open(HostPort address) {
        try {
            LiveFigures figures = new LiveFigures();
            LiveServer server = new LiveServer(address.host(), address.port(), LiveHtml.page(), figures::history);
            return new LivePage(address, server, figures);
        } catch (IOException | RuntimeException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--serve: cannot answer at " + address + ": " + e.getMessage()
                            + "; give another port, or none for any that is free",
                    e);
        }
    }

    public String url() {
        return "http://" + new HostPort(address.host(), server.port()) + "/";
    }

    /** The same job, with the causes of its failures noted. */
    public <T, R, P> Job<T, R, P> watching(Job<T, R, P> job) {
        return job.with(causes.counting(job.executor()));
    }

    /** Shows a run from now on. */
    public void follow(LocalRun<?, ?, AuditPartial> run) {
        var unused = timer.scheduleAtFixedRate(() -> look(run), 0, 1, TimeUnit.SECONDS);
    }

    /** The state is asked for only while somebody watches; the curves are kept from the start. */
    private void look(LocalRun<?, ?, AuditPartial> run) {
        var progress = run.progress().thenAccept(figures::add);
        if (server.watched()) {
            var unused = progress.thenCompose(done -> run.look(now -> figures.state(now, causes.causes())))
                    .thenAccept(server::tell);
        }
    }

    /** Shows the end of the run, and the report to those who watch. */
    public void finished(RunResult<?, AuditPartial> result, AuditReport report) {
        timer.shutdownNow();
        String status = report.complete()
                ? "complete"
                : result.end() instanceof RunEnd.Interrupted ? "interrupted" : "incomplete";
        RunSnapshot<AuditPartial> last =
                new RunSnapshot<>(result.stats(), 0, List.of(), result.summary(), result.elapsed());
        StringBuilder html = new StringBuilder();
        try {
            AuditFormat.HTML.write(report, html);
            String gap = report.complete() ? "" : report.saved().gap();
            String words = Json.dumps(Map.of("status", status, "gap", gap));
            String state = figures.state(last, causes.causes());
            server.end(
                    words.substring(0, words.length() - 1) + ", \"state\": " + state + "}", html.toString(), PATIENCE);
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, "cannot make the page of the report: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.close();
    }
}
