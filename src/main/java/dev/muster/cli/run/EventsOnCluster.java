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
import dev.muster.cluster.ShardedActorType;
import dev.muster.cluster.ShardedActors;
import dev.muster.engine.Job;
import dev.muster.events.EventsJobFactory;
import dev.muster.events.EventsPartial;
import dev.muster.events.EventsResult;
import dev.muster.events.EventsSettings;
import dev.muster.events.EventsTask;
import dev.muster.events.ShardedDayFile;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import picocli.CommandLine;
import software.amazon.awssdk.regions.Region;

/**
 * {@code muster events} on the nodes of a cluster: any node receives, and the messages of a day are held and written by the
 * one actor of that day, wherever it lives. How messages become lines is what the client's configuration says.
 */
public final class EventsOnCluster
        implements JobType<EventsTask, EventsResult, EventsPartial>,
                ShardedActorType<ShardedDayFile.Question, ShardedDayFile.Answer, ShardedDayFile.Command> {
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
        ShardedActors dayFiles = place.shardedActors();
        Job<EventsTask, EventsResult, EventsPartial> job = tools.jobs()
                .onCluster(
                        tools.clients().sqsAsync(tools.region()),
                        tools.queueUrl(),
                        tools.command().queue.follow,
                        (destination, question, timeout) ->
                                dayFiles.ask(this, place.run(), destination, question, timeout),
                        place.node())
                .job();
        return SameAccount.guard(job, NodeAws.account(arguments), tools.clients());
    }

    @Override
    public Optional<ShardedActorType<?, ?, ?>> shardedActors() {
        return Optional.of(this);
    }

    @Override
    public Class<ShardedDayFile.Question> questionType() {
        return ShardedDayFile.Question.class;
    }

    @Override
    public Class<ShardedDayFile.Answer> answerType() {
        return ShardedDayFile.Answer.class;
    }

    @Override
    public ShardedDayFile.Command ask(ShardedDayFile.Question question, ActorRef<ShardedDayFile.Answer> replyTo) {
        return new ShardedDayFile.Ask(question, replyTo);
    }

    @Override
    public ShardedDayFile.Command inherit(ShardedDayFile.Answer left) {
        return new ShardedDayFile.Inherit(left);
    }

    @Override
    public ShardedDayFile.Command settle(ActorRef<Optional<ShardedDayFile.Answer>> replyTo) {
        return new ShardedDayFile.Settle(replyTo);
    }

    @Override
    public Host<ShardedDayFile.Command> host(SortedMap<String, String> arguments, ActorSystem<?> node) {
        Tools tools = tools(arguments);
        try {
            ShardedDayFile.Host dayFiles =
                    tools.jobs().host(tools.clients().sqsAsync(tools.region()), tools.queueUrl(), node);
            return new NodeHost(dayFiles, tools.clients(), NodeAws.account(arguments));
        } catch (IOException e) {
            tools.clients().close();
            throw new IllegalStateException(TemporarySpace.problem(tools.jobs().settings(), e), e);
        }
    }

    private record NodeHost(ShardedDayFile.Host dayFiles, AwsClients clients, String account)
            implements Host<ShardedDayFile.Command> {
        @Override
        public CompletableFuture<Void> fit() {
            return CallerIdentity.belongsTo(clients, account);
        }

        @Override
        public Behavior<ShardedDayFile.Command> actor(String name) {
            return dayFiles.dayFile(name);
        }

        @Override
        public void close() {
            dayFiles.close();
            clients.close();
        }
    }
}
