package dev.muster.cli.command;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import dev.muster.aws.AwsClients;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.cli.run.NodeAws;
import dev.muster.cluster.ShardedActorType;
import dev.muster.events.ShardedDayFile;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import picocli.CommandLine;

/**
 * The day files of {@code muster events} on the nodes of a cluster: any node receives, and the messages of a day are
 * held and written by the one actor of that day, wherever it runs. The client's configuration decides how messages
 * become lines.
 */
final class EventsOnCluster
        implements ShardedActorType<ShardedDayFile.Question, ShardedDayFile.Answer, ShardedDayFile.Command> {
    private static final String SETTINGS = "events-settings";
    private static final String QUEUE_URL = "queue-url";
    private static final String SECTION = "muster.events";
    private static final String OWN = SECTION + ".temporary-directory";
    /** JSON and not HOCON, which could include this machine's files and variables. */
    private static final ConfigParseOptions AS_JSON =
            ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false);

    private final Supplier<CommandLine> another;
    private final NodeAws aws;

    /** @param another creates an {@link EventsCommand} */
    EventsOnCluster(Supplier<CommandLine> another, NodeAws aws) {
        this.another = another;
        this.aws = aws;
    }

    /** Arguments that nodes need besides the options. */
    static Map<String, String> describe(String queueUrl, Config config) {
        return Map.of(
                QUEUE_URL, queueUrl, SETTINGS, config.getConfig(SECTION).root().render(ConfigRenderOptions.concise()));
    }

    static String queueUrl(SortedMap<String, String> arguments) {
        return arguments.get(QUEUE_URL);
    }

    /** The client's configuration of events on top of a node's own. */
    static Config config(SortedMap<String, String> arguments, Config ours) {
        return ConfigFactory.parseString(arguments.get(SETTINGS), AS_JSON)
                .atPath(SECTION)
                .withValue(OWN, ours.getValue(OWN))
                .withFallback(ours);
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
        EventsCommand command = JobCommand.given(arguments, another);
        AwsClients clients = command.clients(arguments, aws);
        try {
            return new NodeHost(command.dayFilesOnNode(arguments, node, clients), clients, NodeAws.account(arguments));
        } catch (RuntimeException e) {
            clients.close();
            throw e;
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
