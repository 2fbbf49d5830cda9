package dev.muster.cluster.protocol;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.pekko.actor.typed.ActorRef;

/** Messages to the registry of runs; the records here come from clients, through any node, and from nodes. */
public interface RegistryProtocol {
    /** A client's first message. It and its answer never change, so that releases can tell each other apart. */
    record Hello(int protocol, ActorRef<Welcome> replyTo) implements RegistryProtocol, ClusterMessage {}

    record Welcome(int protocol, String release) implements ClusterMessage {}

    /**
     * Start a run. The client chooses its name, so that repeating the message does no harm.
     *
     * @param arguments the arguments that the job is created from on every node; no secrets
     */
    record Submit(String run, String job, SortedMap<String, String> arguments, ActorRef<RunReply> replyTo)
            implements RegistryProtocol, ClusterMessage {}

    record GetRun(String run, ActorRef<RunReply> replyTo) implements RegistryProtocol, ClusterMessage {}

    /** End a run; what has been merged becomes its result. */
    record Cancel(String run, ActorRef<RunReply> replyTo) implements RegistryProtocol, ClusterMessage {}

    /** Continue a run that has ended incomplete; without effect if it has been continued already. */
    record Resume(String run, ActorRef<RunReply> replyTo) implements RegistryProtocol, ClusterMessage {}

    /** Asks for a part of an ended run's result, which may be larger than a message. */
    record ReadResult(String run, long offset, ActorRef<ResultPart> replyTo)
            implements RegistryProtocol, ClusterMessage {}

    /**
     * Bytes of a result.
     *
     * @param total size of the whole result; -1 if there is none
     */
    record ResultPart(long offset, long total, Payload bytes) implements ClusterMessage {}

    record GetCluster(ActorRef<ClusterView> replyTo) implements RegistryProtocol, ClusterMessage {}

    /** Report of a node that it is there and has this many workers for each run; repeated every few seconds. */
    record NodeReport(String node, int workers, String release) implements RegistryProtocol, ClusterMessage {}

    /**
     * Answer to a client's question or request about one run.
     *
     * @param view the run; empty if it was refused
     * @param refusal message that says why it was refused
     */
    record RunReply(Optional<RunView> view, Optional<String> refusal) implements ClusterMessage {
        public static RunReply of(RunView view) {
            return new RunReply(Optional.of(view), Optional.empty());
        }

        public static RunReply refused(String why) {
            return new RunReply(Optional.empty(), Optional.of(why));
        }
    }

    /**
     * View of the cluster for users.
     *
     * @param coordinator the node that coordinates all runs
     * @param runs as many as are certain to fit into a message: first those that have not ended, then the newest
     * @param moreRuns number of runs that are left out
     */
    record ClusterView(String coordinator, List<Member> members, List<RunView> runs, int moreRuns)
            implements ClusterMessage {
        /**
         * A node.
         *
         * @param status Pekko's status, such as {@code Up}, or {@code Unreachable}
         * @param workers number of workers for each run; 0 if it has not reported yet, or does no tasks
         * @param release the release of Muster; empty if it has not reported yet
         */
        public record Member(String node, String status, SortedSet<String> roles, int workers, String release) {}

        public ClusterView {
            members = List.copyOf(members);
            runs = List.copyOf(runs);
        }
    }
}
