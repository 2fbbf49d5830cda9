package dev.muster.cli.command;

import com.typesafe.config.Config;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.ErrorClassifier;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.EventsProgressLine;
import dev.muster.cli.console.PreviewOutput;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.ClusterOptions;
import dev.muster.cli.option.ConsoleOptions;
import dev.muster.cli.option.EventsOptions;
import dev.muster.cli.option.QueueOptions;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cli.policy.EventsPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.policy.PolicySource;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.Clustered;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.EventsOnCluster;
import dev.muster.cli.run.EventsRuns;
import dev.muster.cli.run.NodeAws;
import dev.muster.cli.run.TemporarySpace;
import dev.muster.engine.Failure;
import dev.muster.engine.RunEnd;
import dev.muster.engine.limit.Backoff;
import dev.muster.events.EventsJob;
import dev.muster.events.EventsPartial;
import dev.muster.events.EventsReport;
import dev.muster.events.EventsSettings;
import dev.muster.events.EventsTask;
import dev.muster.events.queue.QueueUrls;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.regions.Region;

/** Empties a queue of events into day files. */
@Command(
        name = "events",
        description = "Merges the messages of a queue into one sorted file per day, and deletes them.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster events \\",
            "      --queue-url https://sqs.us-west-2.amazonaws.com/123456789012/events",
            "  muster events --queue events --follow",
            "  muster events --queue events --dry-run --max-messages 100",
            "  muster events backfill metrics.log --direct"
        })
public final class EventsCommand implements Callable<Integer>, Clustered, PolicySource {
    static final int CONNECTIONS = 64;

    private static final int LOOKUPS = 8;
    private static final Backoff LOOKUP_PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    @ArgGroup(validate = false, heading = "%nWhere events come from:%n", order = 1)
    public QueueOptions queue = new QueueOptions();

    @ArgGroup(validate = false, heading = "%nWhere they go to:%n", order = 2)
    public EventsOptions events = new EventsOptions();

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 3)
    public AwsOptions aws = new AwsOptions();

    @Mixin
    ClusterOptions cluster;

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    public EventsCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        cluster.validate(spec.commandLine().getParseResult());
        if (queue.maxMessages < 1) {
            throw new UserException(ExitCodes.USAGE, "--max-messages is " + queue.maxMessages + ": give 1 or more");
        }
        Config config = config();
        EventsSettings settings = EventsSettings.from(config);
        AwsSettings reach = EventsRuns.at(
                EventsRuns.aws(aws, events, commandContext, CONNECTIONS + settings.pollers()),
                "sqs",
                queue.sqsEndpointUrl);
        try (AwsClients clients = new AwsClients(reach)) {
            Region region = region(clients, settings.queueUrl());
            String queueUrl = queueUrl(clients, region, settings);
            if (cluster.cluster) {
                return onCluster(clients, config, queueUrl);
            }
            PrintWriter out = spec.commandLine().getOut();
            EventsJob.Options options = new EventsJob.Options(queue.follow, queue.dryRun, queue.maxMessages);
            EventsJob job = EventsRuns.jobs(config, settings, clients, region)
                    .queue(clients.sqsAsync(region), queueUrl, options, new PreviewOutput(preview(out)));
            return new EventsRuns(commandContext, console, out)
                    .run(
                            job,
                            queue.dryRun,
                            events.format,
                            queue.follow,
                            "a second signal ends at once and loses nothing");
        } catch (IOException e) {
            throw new UserException(ExitCodes.USAGE, TemporarySpace.problem(settings, e), e);
        }
    }

    private Config config() {
        return queue.over(
                events.over(commandContext.config()), spec.commandLine().getParseResult(), System.getenv("QUEUE_URL"));
    }

    @Override
    public IamPolicy policy() {
        return EventsPolicy.draining(EventsSettings.from(config()), queue.dryRun, Optional.ofNullable(aws.region));
    }

    /** A summary that programs read stands alone on stdout. */
    private Consumer<String> preview(PrintWriter out) {
        return events.format == EventsReport.Format.JSON ? commandContext.console()::line : out::println;
    }

    private int onCluster(AwsClients clients, Config config, String queueUrl) {
        if (queue.dryRun || queue.maxMessages < Long.MAX_VALUE) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--dry-run and --max-messages are not for clusters; leave out --cluster to use them");
        }
        try (ClusterRunner runner = new ClusterRunner(commandContext, console, cluster.join.required())) {
            SortedMap<String, String> arguments = NodeAws.describe(
                    RemoteOptions.of(spec), CallerIdentity.account(clients, true, commandContext.console()), clients);
            EventsOnCluster.describe(arguments, queueUrl, config);
            return follow(runner, runner.submit("events", arguments));
        }
    }

    @Override
    public int follow(ClusterRunner runner, String run) {
        PrintWriter out = spec.commandLine().getOut();
        return runner.follow(run, EventsTask.class, EventsPartial.class, EventsProgressLine::line)
                .map(result -> new EventsRuns(commandContext, console, out)
                        .report(result, result.summary(), ended(result.end(), queue.follow), false, events.format))
                .orElse(ExitCodes.INTERRUPTED);
    }

    /** A run that follows has no other end than to be cancelled. */
    public static boolean ended(RunEnd end, boolean follow) {
        return end instanceof RunEnd.Complete || (follow && end instanceof RunEnd.Interrupted);
    }

    /** Region that was given, else the queue's, else that of the environment. */
    public Region region(AwsClients clients, String queueUrl) {
        Optional<String> given = Optional.ofNullable(aws.region);
        return given.or(() -> QueueUrls.region(queueUrl)).map(Region::of).orElse(clients.home());
    }

    private static String queueUrl(AwsClients clients, Region region, EventsSettings settings) {
        if (!settings.queueUrl().isEmpty()) {
            if (!QueueUrls.isUrl(settings.queueUrl())) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "--queue-url is not a URL: " + settings.queueUrl() + "; give a queue's name with --queue");
            }
            return settings.queueUrl();
        }
        return lookedUp(clients, region, settings.queue(), 1);
    }

    /** A refusal that may pass is waited for, as long as a run would that has done nothing yet. */
    private static String lookedUp(AwsClients clients, Region region, String queue, int attempt) {
        try {
            return clients.sqsAsync(region)
                    .getQueueUrl(get -> get.queueName(queue))
                    .join()
                    .queueUrl();
        } catch (CompletionException e) {
            Failure failure =
                    new ErrorClassifier(clients.settings()).classify(e, "look up queue " + queue + " in " + region);
            boolean mayPass = failure.kind() == Failure.Kind.THROTTLED || failure.kind() == Failure.Kind.TRANSIENT;
            if (mayPass && attempt < LOOKUPS) {
                Executor later = CompletableFuture.delayedExecutor(
                        LOOKUP_PAUSES.delayNanos(attempt, RandomGenerator.getDefault()), TimeUnit.NANOSECONDS);
                CompletableFuture.runAsync(() -> {}, later).join();
                return lookedUp(clients, region, queue, attempt + 1);
            }
            boolean unknown = failure.code().endsWith("NonExistentQueue");
            String remedy = unknown ? "; check its name, the region and whose credentials these are" : "";
            throw new UserException(ExitCodes.FAILED, failure.message() + remedy, e);
        }
    }
}
