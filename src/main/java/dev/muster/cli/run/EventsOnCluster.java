package dev.muster.cli.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.command.EventsCommand;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cluster.JobType;
import dev.muster.cluster.RunPlace;
import dev.muster.cluster.SharedActorHost;
import dev.muster.cluster.SharedActorType;
import dev.muster.engine.Job;
import dev.muster.engine.SharedActor;
import dev.muster.events.DayAnswer;
import dev.muster.events.DayKeepers;
import dev.muster.events.DayPost;
import dev.muster.events.DayRequest;
import dev.muster.events.EventsJobFactory;
import dev.muster.events.EventsPartial;
import dev.muster.events.EventsResult;
import dev.muster.events.EventsSettings;
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
public final class EventsOnCluster
        implements JobType<EventsTask, EventsResult, EventsPartial>, SharedActorType<DayRequest, DayAnswer> {
    private static final String SETTINGS = "events-settings";
    private static final String QUEUE_URL = "queue-url";
    private static final String SECTION = "muster.events";
    private static final String OWN = SECTION + ".temporary-directory";
    /** Not as HOCON, which could include this machine's files and variables. */
    private static final ConfigParseOptions AS_JSON =
            ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false);

    private final CommandContext commandContext;
    private final NodeAws aws;

    public EventsOnCluster(CommandContext commandContext, AwsOptions own) {
        this.commandContext = commandContext;
        this.aws = new NodeAws(EventsRuns.patient(commandContext.config()), own);
    }

    /** Adds what the nodes have to know beside the options. */
    public static void describe(SortedMap<String, String> arguments, String queueUrl, Config config) {
        arguments.put(QUEUE_URL, queueUrl);
        arguments.put(SETTINGS, config.getConfig(SECTION).root().render(ConfigRenderOptions.concise()));
    }

    /** Resources that a run's actors on this node share. */
    private record Tools(
            EventsCommand command, AwsClients clients, Region region, String queueUrl, EventsJobFactory jobs) {}

    private Tools tools(SortedMap<String, String> arguments) {
        EventsCommand command = new EventsCommand(commandContext);
        RemoteOptions.apply(arguments, new CommandLine(command));
        Config ours = commandContext.config();
        Config config = ConfigFactory.parseString(arguments.get(SETTINGS), AS_JSON)
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
    public Job<EventsTask, EventsResult, EventsPartial> create(SortedMap<String, String> arguments, RunPlace place) {
        Tools tools = tools(arguments);
        DayPost post = (destination, request, timeout) ->
                place.keepers().ask(this, place.run(), destination, request, timeout);
        Job<EventsTask, EventsResult, EventsPartial> job = tools.jobs()
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
    public Optional<SharedActorType<?, ?>> keepers() {
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
    public SharedActorHost<DayRequest, DayAnswer> host(SortedMap<String, String> arguments, ActorSystem<?> node) {
        Tools tools = tools(arguments);
        try {
            DayKeepers keepers = tools.jobs().keepers(tools.clients().sqsAsync(tools.region()), tools.queueUrl(), node);
            return new Host(keepers, tools.clients(), NodeAws.account(arguments));
        } catch (IOException e) {
            tools.clients().close();
            throw new IllegalStateException(TemporarySpace.problem(tools.jobs().settings(), e), e);
        }
    }

    private record Host(DayKeepers keepers, AwsClients clients, String account)
            implements SharedActorHost<DayRequest, DayAnswer> {
        @Override
        public CompletableFuture<Void> fit() {
            return CallerIdentity.belongsTo(clients, account);
        }

        @Override
        public Behavior<SharedActor.Command<DayRequest, DayAnswer>> keeper(String name) {
            return keepers.keeper(name);
        }

        @Override
        public void close() {
            keepers.close();
            clients.close();
        }
    }
}
