package dev.muster.cluster.wire;

import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorRef;

/** What the registry of runs is told; the records here come from clients, through any node, and from nodes. */
public interface ToRuns {
    /** A client's first message. It and its answer never change, so that releases can tell each other apart. */
    record Hello(int protocol, ActorRef<Welcome> replyTo) implements ToRuns, Wire {}

    record Welcome(int protocol, String release) implements Wire {}

    /**
     * Start a run. The client chooses its name, so that repeating the message does no harm.
     *
     * @param arguments what the job is made from on every node; no secrets
     */
    record Submit(String run, String job, SortedMap<String, String> arguments, ActorRef<RunReply> replyTo)
            implements ToRuns, Wire {}

    record GetRun(String run, ActorRef<RunReply> replyTo) implements ToRuns, Wire {}

    /** End a run; what has been merged becomes its result. */
    record Cancel(String run, ActorRef<RunReply> replyTo) implements ToRuns, Wire {}

    /** Asks for a part of an ended run's result, which may be larger than a message. */
    record ReadResult(String run, int offset, ActorRef<ResultPart> replyTo) implements ToRuns, Wire {}

    /**
     * Bytes of a result.
     *
     * @param total size of the whole result; -1 if there is none
     */
    record ResultPart(int offset, int total, Payload bytes) implements Wire {}

    record GetCluster(ActorRef<ClusterView> replyTo) implements ToRuns, Wire {}

    /** A node is there and has this many workers for each run; repeated every few seconds. */
    record NodeReport(String node, int workers, String release) implements ToRuns, Wire {}
}
