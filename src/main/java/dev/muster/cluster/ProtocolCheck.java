package dev.muster.cluster;

import com.typesafe.config.Config;
import java.util.Set;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import scala.jdk.javaapi.CollectionConverters;

/** Lets only nodes of the same protocol join; Pekko asks it on both sides of a join. */
public final class ProtocolCheck extends JoinConfigCompatChecker {
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
