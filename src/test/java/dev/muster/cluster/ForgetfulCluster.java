package dev.muster.cluster;

import com.typesafe.config.Config;
import dev.muster.cluster.ClusterClient.ClusterGateway;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A node whose coordinator loses the first message of every kind, as if it were being replaced, and then has each run done
 * at once, with one result.
 */
public final class ForgetfulCluster implements AutoCloseable {
    private final ActorSystem<Void> system;

    public <T, P> ForgetfulCluster(Config root, RunResult<T, P> result, Class<T> taskType, Class<P> partialType)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ResultCodec<>(taskType, partialType).encode(result, bytes);
        Behavior<Void> guardian = Behaviors.setup(context -> {
            ActorRef<RegistryProtocol> registry = context.spawn(registry(Payload.of(bytes.toByteArray())), "registry");
            context.spawn(ClusterGateway.create(Release.name(), registry), ClusterGateway.NAME);
            return Behaviors.empty();
        });
        system = ActorSystem.create(
                guardian, ClusterNode.SYSTEM, PekkoConfig.client(root, "127.0.0.1", Optional.empty(), true));
    }

    public HostPort address() {
        Address address = Adapter.toClassic(system).provider().getDefaultAddress();
        return new HostPort("127.0.0.1", address.getPort().get());
    }

    private static Behavior<RegistryProtocol> registry(Payload result) {
        Set<Class<?>> lost = new HashSet<>();
        SortedMap<String, RunView> runs = new TreeMap<>();
        return Behaviors.receiveMessage(message -> {
            if (lost.add(message.getClass())) {
                return Behaviors.same();
            }
            if (message instanceof RegistryProtocol.Submit submit) {
                runs.put(submit.run(), done(submit));
                submit.replyTo().tell(RunReply.of(runs.get(submit.run())));
            } else if (message instanceof RegistryProtocol.GetRun get) {
                get.replyTo().tell(RunReply.of(runs.get(get.run())));
            } else if (message instanceof RegistryProtocol.ReadResult read) {
                read.replyTo().tell(new RegistryProtocol.ResultPart(0, result.bytes().length, result));
            }
            return Behaviors.same();
        });
    }

    private static RunView done(RegistryProtocol.Submit submit) {
        Instant now = Instant.now();
        return RunViewFactory.bare(new RunRecord(
                RunRecord.VERSION,
                submit.run(),
                submit.job(),
                submit.arguments(),
                now,
                1,
                false,
                Optional.of(now),
                Optional.of(RunView.Outcome.COMPLETE)));
    }

    @Override
    public void close() {
        NodeSystems.end(system);
    }
}
