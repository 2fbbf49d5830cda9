package dev.muster.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cluster.JobType;
import dev.muster.cluster.KeeperHost;
import dev.muster.cluster.KeeperType;
import dev.muster.cluster.RunPlace;
import dev.muster.engine.Job;
import dev.muster.engine.actor.Keeper;
import dev.muster.events.DayAnswer;
import dev.muster.events.DayKeepers;
import dev.muster.events.DayPost;
import dev.muster.events.DayRequest;
import dev.muster.events.EventsJobs;
import dev.muster.events.EventsResult;
import dev.muster.events.EventsSettings;
import dev.muster.events.EventsSummary;
import dev.muster.events.EventsTask;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import picocli.CommandLine;
import software.amazon.awssdk.regions.Region;

/**
 * {@code muster events} on the nodes of a cluster: any node receives, and the messages of a day are held and written by the
 * one actor of that day, wherever it lives. How messages become lines is what the client's configuration says.
 */
final class EventsOnCluster
        implements JobType<EventsTask, EventsResult, EventsSummary>, KeeperType<DayRequest, DayAnswer> {
    private static final String SETTINGS = "events-settings";
    private static final String QUEUE_URL = "queue-url";
    private static final String SECTION = "muster.events";
    private static final String OWN = SECTION + ".temporary-directory";

    private final Invocation invocation;
    private final NodeAws aws;

    EventsOnCluster(Invocation invocation, AwsOptions own) {
        this.invocation = invocation;
        this.aws = new NodeAws(EventsRuns.patient(invocation.config()), own);
    }

    /** Adds what the nodes have to know beside the options. */
    static void describe(SortedMap<String, String> arguments, String queueUrl, Config config) {
        arguments.put(QUEUE_URL, queueUrl);
        arguments.put(SETTINGS, config.getConfig(SECTION).root().render(ConfigRenderOptions.concise()));
    }

    /** What a run's actors on this node share. */
    private record Tools(EventsCommand command, AwsClients clients, Region region, String queueUrl, EventsJobs jobs) {}

    private Tools tools(SortedMap<String, String> arguments) {
        EventsCommand command = new EventsCommand(invocation);
        TravellingOptions.apply(arguments, new CommandLine(command));
        Config ours = invocation.config();
        Config config = ConfigFactory.parseString(arguments.get(SETTINGS))
                .atPath(SECTION)
                .withValue(OWN, ours.getValue(OWN))
                .withFallback(ours);
        EventsSettings settings = EventsSettings.from(config);
        AwsSettings there = aws.settings(arguments, command.aws, false, false);
        AwsClients clients = new AwsClients(EventsRuns.at(
                EventsRuns.at(there, "s3", command.events.s3EndpointUrl), "sqs", command.queue.sqsEndpointUrl));
        String queueUrl = arguments.get(QUEUE_URL);
        Region region = command.region(clients, queueUrl);
        return new Tools(command, clients, region, queueUrl, EventsRuns.jobs(config, settings, clients, region));
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Class<EventsResult> resultType() {
        return EventsResult.class;
    }

    @Override
    public Job<EventsTask, EventsResult, EventsSummary> create(SortedMap<String, String> arguments, RunPlace place) {
        Tools tools = tools(arguments);
        DayPost post = (destination, request, timeout) ->
                place.keepers().ask(this, place.run(), destination, request, timeout);
        Job<EventsTask, EventsResult, EventsSummary> job = tools.jobs()
                .onCluster(
                        tools.clients().sqsAsync(tools.region()),
                        tools.queueUrl(),
                        tools.command().queue.follow,
                        post,
                        place.node())
                .job();
        return SameAccount.guard(job, NodeAws.account(arguments), tools.clients());
    }

    @Override
    public Optional<KeeperType<?, ?>> keepers() {
        return Optional.of(this);
    }

    @Override
    public Class<DayRequest> questionType() {
        return DayRequest.class;
    }

    @Override
    public Class<DayAnswer> answerType() {
        return DayAnswer.class;
    }

    @Override
    public KeeperHost<DayRequest, DayAnswer> host(SortedMap<String, String> arguments, ActorSystem<?> node) {
        Tools tools = tools(arguments);
        try {
            DayKeepers keepers = tools.jobs().keepers(tools.clients().sqsAsync(tools.region()), tools.queueUrl(), node);
            return new Host(keepers, tools.clients(), NodeAws.account(arguments));
        } catch (IOException e) {
            tools.clients().close();
            throw new IllegalStateException(Temporary.problem(tools.jobs().settings(), e), e);
        }
    }

    private record Host(DayKeepers keepers, AwsClients clients, String account)
            implements KeeperHost<DayRequest, DayAnswer> {
        @Override
        public CompletableFuture<Void> fit() {
            return Caller.belongsTo(clients, account);
        }

        @Override
        public Behavior<Keeper.Command<DayRequest, DayAnswer>> keeper(String name) {
            return keepers.keeper(name);
        }

        @Override
        public void close() {
            keepers.close();
            clients.close();
        }
    }
}
