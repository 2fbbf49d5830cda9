package dev.muster.cluster;

import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.ClusterEvent.ReachableMember;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Logs which nodes join and leave the cluster, and how many there are then. */
final class MembershipLog extends AbstractBehavior<ClusterDomainEvent> {
    private final Member self;
    private final Set<String> up = new TreeSet<>();

    static Behavior<ClusterDomainEvent> create() {
        return Behaviors.setup(MembershipLog::new);
    }

    private MembershipLog(ActorContext<ClusterDomainEvent> context) {
        super(context);
        Cluster cluster = Cluster.get(context.getSystem());
        self = cluster.selfMember();
        cluster.subscriptions().tell(Subscribe.create(context.getSelf(), ClusterDomainEvent.class));
    }

    @Override
    public Receive<ClusterDomainEvent> createReceive() {
        return newReceiveBuilder()
                .onMessage(MemberUp.class, this::onUp)
                .onMessage(MemberRemoved.class, this::onRemoved)
                .onMessage(UnreachableMember.class, this::onUnreachable)
                .onMessage(ReachableMember.class, this::onReachable)
                .build();
    }

    /** Existing members are logged once, when this node joins. */
    private Behavior<ClusterDomainEvent> onUp(MemberUp event) {
        up.add(address(event.member()));
        if (event.member().uniqueAddress().equals(self.uniqueAddress())) {
            getContext().getLog().info("joined the cluster: {}", nodes());
        } else if (up.contains(address(self))) {
            getContext().getLog().info("{} has joined: {}", address(event.member()), nodes());
        }
        return this;
    }

    private Behavior<ClusterDomainEvent> onRemoved(MemberRemoved event) {
        up.remove(address(event.member()));
        if (event.previousStatus() == MemberStatus.down()) {
            getContext()
                    .getLog()
                    .warn("{} was removed, as it could not be reached: {}", address(event.member()), nodes());
        } else {
            getContext().getLog().info("{} has left: {}", address(event.member()), nodes());
        }
        return this;
    }

    private Behavior<ClusterDomainEvent> onUnreachable(UnreachableMember event) {
        getContext().getLog().warn("{} does not answer", address(event.member()));
        return this;
    }

    private Behavior<ClusterDomainEvent> onReachable(ReachableMember event) {
        getContext().getLog().info("{} answers again", address(event.member()));
        return this;
    }

    private String nodes() {
        return up.size() == 1 ? "1 node" : up.size() + " nodes";
    }

    private static String address(Member member) {
        return member.address().getHost().get() + ":"
                + member.address().getPort().get();
    }
}
