package dev.muster.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.muster.engine.Job;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * A job that nodes can do. Every node creates its own {@link Job} from the same arguments, with its own credentials:
 * the coordinator's node uses its plan, summary and output, the others its executor.
 */
public interface JobType<T, R, P> {
    /** The command, such as {@code audit}. */
    String name();

    /** Type that a result from another node is read as. */
    Class<R> resultType();

    /**
     * Creates the job without I/O; credentials are resolved when the first task needs them.
     *
     * @throws IllegalArgumentException with a message for users if the arguments make no sense
     */
    Job<T, R, P> create(SortedMap<String, String> arguments, RunPlace place);

    /** The job's sharded actors, if it has any. */
    default Optional<ShardedActorType<?, ?, ?>> shardedActors() {
        return Optional.empty();
    }

    /**
     * Place at which a job is created.
     *
     * @param run the name of its run
     * @param node the node's actor system
     */
    record RunPlace(String run, ActorSystem<?> node) {
        public RunPlace {
            requireNonNull(run, "run is null");
            requireNonNull(node, "node is null");
        }

        /** Number of nodes that the cluster has at the moment. */
        public int nodes() {
            return (int)
                    StreamSupport.stream(Cluster.get(node).state().getMembers().spliterator(), false)
                            .count();
        }

        /** Access to the job's {@link ShardedActorType sharded actors}, with an identity of its own as asker. */
        public ShardedActors shardedActors() {
            return new ShardedActors(node);
        }
    }

    /** The jobs that this release can do on a cluster. */
    final class JobTypeRegistry {
        private final Map<String, JobType<?, ?, ?>> byName;

        public JobTypeRegistry(Collection<JobType<?, ?, ?>> types) {
            byName = types.stream().collect(toUnmodifiableMap(JobType::name, Function.identity()));
        }

        Optional<JobType<?, ?, ?>> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }
}
