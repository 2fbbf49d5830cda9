package dev.muster.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.ClusterEvent.ReachableMember;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.util.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Set;

/** On a node that has joined no cluster, which is told of members. */
@Tag("slow")
class MembershipLogTest {
    private final ActorTestKit kit = ActorTestKit.create(NodeSystems.config());
    private ActorRef<ClusterDomainEvent> log;

    private final Logger logger = (Logger) LoggerFactory.getLogger(MembershipLog.class);

    @BeforeEach
    void start() {
        logger.setLevel(Level.INFO);
        log = kit.spawn(MembershipLog.create());
    }

    @AfterEach
    void end() {
        kit.shutdownTestKit();
        logger.setLevel(null);
    }

    @Test
    void membersThatAreThereAlreadyAreCountedOnceThisNodeJoins() {
        log.tell(new MemberUp(other(MemberStatus.up())));
        tells("joined the cluster: 2 nodes", new MemberUp(self()));
    }

    @Test
    void thoseThatComeAndGoAreNamed() {
        tells("joined the cluster: 1 node", new MemberUp(self()));
        tells("10.0.0.2:7355 has joined: 2 nodes", new MemberUp(other(MemberStatus.up())));
        tells("10.0.0.2:7355 does not answer", new UnreachableMember(other(MemberStatus.up())));
        tells("10.0.0.2:7355 answers again", new ReachableMember(other(MemberStatus.up())));
        tells(
                "10.0.0.2:7355 has left: 1 node",
                new MemberRemoved(other(MemberStatus.removed()), MemberStatus.exiting()));
    }

    @Test
    void aMemberThatCouldNotBeReachedIsRemovedAndHasNotLeft() {
        tells("joined the cluster: 1 node", new MemberUp(self()));
        log.tell(new MemberUp(other(MemberStatus.up())));
        tells(
                "10.0.0.2:7355 was removed, as it could not be reached: 1 node",
                new MemberRemoved(other(MemberStatus.removed()), MemberStatus.down()));
    }

    private void tells(String line, ClusterDomainEvent event) {
        LoggingTestKit.empty().withMessageContains(line).expect(kit.system(), () -> {
            log.tell(event);
            return null;
        });
    }

    private Member self() {
        return member(Cluster.get(kit.system()).selfMember().uniqueAddress(), MemberStatus.up());
    }

    private static Member other(MemberStatus status) {
        return member(new UniqueAddress(new Address("pekko", "muster", "10.0.0.2", 7355), 1L), status);
    }

    private static Member member(UniqueAddress address, MemberStatus status) {
        Set<String> roles = new Set.Set1<>("dc-default");
        return new Member(address, 1, status, roles, Version.Zero());
    }
}
