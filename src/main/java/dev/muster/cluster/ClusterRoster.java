package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of the cluster as the store of its runs remembers them. A node that is started again finds the others by it,
 * though they may have been told to join that node. And two clusters that have one store, as after a node was started again
 * while the others did not answer, notice each other: each replaces the other's entry, and the weaker one is to end. Runs are
 * safe meanwhile by their epochs (invariant 6), but each cluster would take them from the other for ever.
 */
final class ClusterRoster {
    static final String NAME = "cluster.members";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRoster.class);
    private static final ObjectMapper MAPPER = new JsonMapper();

    /**
     * Members of a cluster.
     *
     * @param coordinator {@code host:port} of the node that wrote this
     * @param members {@code host:port} of all nodes, that one among them
     * @param beat grows with each write of a coordinator
     */
    record Entry(String coordinator, List<String> members, long beat) {
        Entry {
            requireNonNull(coordinator, "coordinator is null");
            members = List.copyOf(requireNonNull(members, "members is null"));
        }

        /** Tells which of two clusters goes on: the larger one; of two equal ones both know the same. */
        private boolean outranks(Entry other) {
            return members.size() != other.members.size()
                    ? members.size() > other.members.size()
                    : coordinator.compareTo(other.coordinator) < 0;
        }

        private boolean sameCluster(Entry other) {
            return members.contains(other.coordinator);
        }
    }

    private final KeyValueStore store;
    private Optional<Entry> lastRival = Optional.empty();
    private long beat;

    ClusterRoster(KeyValueStore store) {
        this.store = store;
    }

    /** Nodes that were members when it was last written; none where that cannot be read. */
    List<HostPort> remembered() {
        try {
            return read().map(Entry::members).orElse(List.of()).stream()
                    .map(HostPort::parse)
                    .toList();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("cannot read the members of the cluster", e);
            return List.of();
        }
    }

    /**
     * Remembers this cluster; to be repeated every few seconds.
     *
     * @return members of another cluster on this store, which lives and outranks this one
     */
    Optional<List<String>> remember(String coordinator, List<String> members) throws IOException {
        Optional<KeyValueStore.Stored> stored = store.read(NAME);
        Optional<Entry> there = stored.flatMap(ClusterRoster::decode);
        Entry ours = new Entry(coordinator, members, beat + 1);
        Optional<Entry> rival = there.filter(entry -> !ours.sameCluster(entry));
        boolean alive = rival.isPresent() && lastRival.isPresent() && !rival.equals(lastRival);
        if (alive && rival.get().outranks(ours)) {
            return rival.map(Entry::members);
        }
        lastRival = rival.isPresent() ? rival : lastRival;
        boolean known = there.isPresent()
                && there.get().coordinator().equals(coordinator)
                && there.get().members().equals(members);
        if (!known) {
            beat++;
            store.write(NAME, MAPPER.writeValueAsBytes(ours), stored.map(KeyValueStore.Stored::tag));
        }
        return Optional.empty();
    }

    private Optional<Entry> read() throws IOException {
        return store.read(NAME).flatMap(ClusterRoster::decode);
    }

    /** Empty for what is no entry: then it is written anew. */
    private static Optional<Entry> decode(KeyValueStore.Stored stored) {
        try {
            return Optional.ofNullable(MAPPER.readValue(stored.content(), Entry.class));
        } catch (IOException e) {
            LOG.debug("the entry of the cluster's members is damaged", e);
            return Optional.empty();
        }
    }
}
