package dev.muster.cluster.protocol;

import java.util.Optional;
import java.util.SortedMap;
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
    record ReadResult(String run, int offset, ActorRef<ResultPart> replyTo)
            implements RegistryProtocol, ClusterMessage {}

    /**
     * Bytes of a result.
     *
     * @param total size of the whole result; -1 if there is none
     */
    record ResultPart(int offset, int total, Payload bytes) implements ClusterMessage {}

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
}
