package dev.muster.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import dev.muster.cluster.protocol.ClusterMessage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import scala.jdk.javaapi.CollectionConverters;

/** Configuration of the actor systems of nodes and clients, on top of that of local runs. */
final class PekkoConfig {
    private static final String LOOPBACK_KEY = "muster.cluster.loopback-key-file";

    private PekkoConfig() {}

    /**
     * Configuration of a node.
     *
     * @throws ClusterException if it would listen beyond this machine without TLS
     */
    static Config node(Config root, NodeOptions options, ClusterSettings settings) {
        HostPort listen = options.listen();
        String bind = options.bindHost().orElse(listen.host());
        if (settings.tls().isEmpty() && !options.insecure() && !new HostPort(bind, 0).isLoopback()) {
            throw new ClusterException("will not listen on " + bind + " without TLS, as anybody who reaches it could"
                    + " command the node; configure muster.cluster.tls, or give --insecure-listen on a network that you"
                    + " trust");
        }
        boolean local = listen.isLoopback() && new HostPort(bind, 0).isLoopback();
        Map<String, Object> values = new HashMap<>(transport(root, settings.tls(), local));
        values.put("pekko.actor.provider", "cluster");
        values.put("pekko.remote.artery.canonical.hostname", listen.host());
        values.put("pekko.remote.artery.canonical.port", listen.port());
        values.put("pekko.remote.artery.bind.hostname", bind);
        values.put("pekko.cluster.roles", List.copyOf(options.roles()));
        if (!root.hasPath(ProtocolCheck.KEY)) {
            values.put(ProtocolCheck.KEY, ClusterMessage.PROTOCOL);
        }
        return layered(values, "node.conf", root);
    }

    /**
     * Configuration of a client, which is no member of the cluster.
     *
     * @param local whether the cluster is on this machine's loopback
     */
    static Config client(Config root, String ownHost, Optional<TlsFiles> tls, boolean local) {
        Map<String, Object> values = new HashMap<>(transport(root, tls, local));
        values.put("pekko.actor.provider", "remote");
        values.put("pekko.remote.artery.canonical.hostname", ownHost);
        values.put("pekko.remote.artery.canonical.port", 0);
        return layered(values, "client.conf", root);
    }

    /** The key that stands for TLS on this machine's loopback. */
    static Optional<LoopbackKey> loopbackKey(Config root, Optional<TlsFiles> tls, boolean local) {
        String file = root.getString(LOOPBACK_KEY);
        return tls.isEmpty() && local && !file.isEmpty()
                ? Optional.of(LoopbackKey.in(Path.of(file)))
                : Optional.empty();
    }

    private static Map<String, Object> transport(Config root, Optional<TlsFiles> tls, boolean local) {
        if (tls.isEmpty()) {
            return loopbackKey(root, tls, local)
                    .map(LoopbackKey::transport)
                    .orElse(Map.of("pekko.remote.artery.transport", "tcp"));
        }
        String engine = "pekko.remote.artery.ssl.rotating-keys-engine.";
        return Map.of(
                "pekko.remote.artery.transport",
                "tls-tcp",
                "pekko.remote.artery.ssl.ssl-engine-provider",
                "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider",
                engine + "key-file",
                tls.get().key().toString(),
                engine + "cert-file",
                tls.get().certificate().toString(),
                engine + "ca-cert-file",
                tls.get().authority().toString());
    }

    private static Config layered(Map<String, Object> values, String resource, Config root) {
        Config ours = ConfigFactory.parseResources(
                PekkoConfig.class, resource, ConfigParseOptions.defaults().setAllowMissing(false));
        return ConfigFactory.parseMap(values)
                .withFallback(ours.resolveWith(root, ConfigResolveOptions.defaults()))
                .withFallback(root);
    }

    /** Lets only nodes with the same protocol join; Pekko calls it on both sides of a join. */
    public static final class ProtocolCheck extends JoinConfigCompatChecker {
        /** Key of a node's configuration for the protocol that it speaks. */
        static final String KEY = "muster.cluster.protocol";

        @Override
        public scala.collection.immutable.Seq<String> requiredKeys() {
            return CollectionConverters.asScala(Set.of(KEY)).toSeq();
        }

        @Override
        public ConfigValidation check(Config theirs, Config ours) {
            int there = theirs.hasPath(KEY) ? theirs.getInt(KEY) : 0;
            int here = ours.getInt(KEY);
            if (there == here) {
                return Valid$.MODULE$;
            }
            String problem = "another release of muster speaks protocol " + there + ", this one " + here
                    + ": run the same release on all nodes";
            return new Invalid(
                    CollectionConverters.asScala(java.util.List.of(problem)).toSeq());
        }
    }
}
