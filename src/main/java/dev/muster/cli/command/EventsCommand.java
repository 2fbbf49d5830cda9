package dev.muster.cli.command;

import com.typesafe.config.Config;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.ErrorClassifier;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.PreviewOutput;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.console.ProgressLine.EventsProgressLine;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.EventsOptions;
import dev.muster.cli.option.QueueOptions;
import dev.muster.cli.policy.EventsPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.NodeAws;
import dev.muster.cluster.JobType.RunPlace;
import dev.muster.cluster.ShardedActorType;
import dev.muster.cluster.ShardedActors;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.limit.Backoff;
import dev.muster.events.EventsJob;
import dev.muster.events.EventsJobFactory;
import dev.muster.events.EventsPartial;
import dev.muster.events.EventsReport;
import dev.muster.events.EventsResult;
import dev.muster.events.EventsSettings;
import dev.muster.events.EventsTask;
import dev.muster.events.ShardedDayFile;
import dev.muster.events.queue.QueueUrls;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorSystem;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
final class EventsCommand extends JobCommand<EventsTask, EventsResult, EventsPartial> {
    private static final int CONNECTIONS = 64;

    private static final int LOOKUPS = 8;
    private static final Backoff LOOKUP_PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    @ArgGroup(validate = false, heading = "%nWhere events come from:%n", order = 1)
    QueueOptions queue = new QueueOptions();

    @ArgGroup(validate = false, heading = "%nWhere they go to:%n", order = 2)
    EventsOptions events = new EventsOptions();

    @Mixin
    ConsoleOptions console;

    EventsCommand(CommandContext commandContext) {
        super(commandContext, EventsTask.class, EventsResult.class, EventsPartial.class);
    }

    @Override
    public Integer call() {
        cluster.validate(spec.commandLine().getParseResult());
        if (queue.maxMessages < 1) {
            throw new UserException(ExitCodes.USAGE, "--max-messages is " + queue.maxMessages + ": give 1 or more");
        }
        Config config = config();
        EventsSettings settings = EventsSettings.from(config);
        try (AwsClients clients = clients(CONNECTIONS + settings.pollers())) {
            Region region = region(clients, settings.queueUrl());
            String queueUrl = queueUrl(clients, region, settings);
            if (cluster.cluster) {
                return onCluster(clients, queueUrl, config);
            }
            PrintWriter out = spec.commandLine().getOut();
            EventsJob.Options options = new EventsJob.Options(queue.follow, queue.dryRun, queue.maxMessages);
            EventsJob job = EventsRunner.jobs(config, settings, clients, region)
                    .queue(clients.sqsAsync(region), queueUrl, options, new PreviewOutput(preview(out)));
            return new EventsRunner(commandContext, console, out)
                    .run(
                            job,
                            queue.dryRun,
                            events.format,
                            queue.follow,
                            "a second signal ends at once and loses nothing");
        } catch (IOException e) {
            throw new UserException(ExitCodes.USAGE, EventsRunner.unusableDirectory(settings, e), e);
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

    /** Destination of a dry run's preview: stderr if the summary is for programs, which expect it alone on stdout. */
    private Consumer<String> preview(PrintWriter out) {
        return events.format == EventsReport.Format.JSON ? commandContext.console()::line : out::println;
    }

    private int onCluster(AwsClients clients, String queueUrl, Config config) {
        if (queue.dryRun || queue.maxMessages < Long.MAX_VALUE) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--dry-run and --max-messages are not for clusters; leave out --cluster to use them");
        }
        return onCluster(clients, EventsOnCluster.describe(queueUrl, config));
    }

    @Override
    ConsoleOptions console() {
        return console;
    }

    @Override
    AwsSettings reach(AwsSettings settings) {
        return EventsRunner.at(EventsRunner.reach(settings, events), "sqs", queue.sqsEndpointUrl);
    }

    @Override
    ProgressLine progressLine() {
        return EventsProgressLine::line;
    }

    @Override
    int reportOfCluster(RunResult<EventsTask, EventsPartial> result) {
        return new EventsRunner(commandContext, console, spec.commandLine().getOut())
                .report(result, result.summary(), ended(result.end(), queue.follow), false, events.format);
    }

    @Override
    Job<EventsTask, EventsResult, EventsPartial> jobOnNode(
            SortedMap<String, String> arguments, RunPlace place, AwsClients clients) {
        String queueUrl = EventsOnCluster.queueUrl(arguments);
        ShardedActors dayFiles = place.shardedActors();
        return jobsOnNode(arguments, clients)
                .onCluster(
                        clients.sqsAsync(region(clients, queueUrl)),
                        queueUrl,
                        queue.follow,
                        (destination, question, timeout) -> dayFiles.ask(
                                ShardedDayFile.Question.class,
                                ShardedDayFile.Answer.class,
                                place.run(),
                                destination,
                                question,
                                timeout),
                        place.node())
                .job();
    }

    /** The day files of a run that are on a node. */
    ShardedDayFile.Host dayFilesOnNode(SortedMap<String, String> arguments, ActorSystem<?> node, AwsClients clients) {
        EventsJobFactory jobs = jobsOnNode(arguments, clients);
        String queueUrl = EventsOnCluster.queueUrl(arguments);
        try {
            return jobs.host(clients.sqsAsync(region(clients, queueUrl)), queueUrl, node);
        } catch (IOException e) {
            throw new IllegalStateException(EventsRunner.unusableDirectory(jobs.settings(), e), e);
        }
    }

    private EventsJobFactory jobsOnNode(SortedMap<String, String> arguments, AwsClients clients) {
        Config config = EventsOnCluster.config(arguments, commandContext.config());
        Region region = region(clients, EventsOnCluster.queueUrl(arguments));
        return EventsRunner.jobs(config, EventsSettings.from(config), clients, region);
    }

    @Override
    Optional<ShardedActorType<?, ?, ?>> shardedActors(Supplier<CommandLine> another, NodeAws aws) {
        return Optional.of(new EventsOnCluster(another, aws));
    }

    /** Tells whether a run came to its end, which for one that follows is being cancelled. */
    static boolean ended(RunEnd end, boolean follow) {
        return end instanceof RunEnd.Complete || (follow && end instanceof RunEnd.Interrupted);
    }

    /** The given region, else the queue's, else that of the environment. */
    private Region region(AwsClients clients, String queueUrl) {
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

    /** Looks up a queue's URL. A failure that may pass is retried for as long as by a run that has done nothing yet. */
    private static String lookedUp(AwsClients clients, Region region, String queue, int attempt) {
        try {
            String url = clients.sqsAsync(region)
                    .getQueueUrl(get -> get.queueName(queue))
                    .join()
                    .queueUrl();
            if (url == null || url.isBlank()) {
                throw new UserException(
                        ExitCodes.FAILED,
                        "look up queue " + queue + " in " + region
                                + " failed: the answer is without QueueUrl; give the queue's URL with --queue-url");
            }
            return url;
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
