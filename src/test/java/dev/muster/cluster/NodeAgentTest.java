package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.protocol.RunProtocol;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeAgentTest {
    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void aRunWhoseNodeIsSilentForAMomentKeepsItsWorkers() {
        ActorRef<RunProtocol> heard = kit.<RunProtocol>createTestProbe().getRef();
        ActorRef<RunProtocol> silent = kit.<RunProtocol>createTestProbe().getRef();
        Receptionist.Listing listing =
                Receptionist.listing(RunCoordinator.KEY, Set.of(heard), Set.of(heard, silent), false);

        assertThat(NodeAgent.runs(listing)).containsExactlyInAnyOrder(heard, silent);
    }
}
