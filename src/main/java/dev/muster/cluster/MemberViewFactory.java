package dev.muster.cluster;

import dev.muster.cluster.NodeOptions.NodeRole;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RunView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Leave;

/** Builds views of the members that Pekko knows, with what they last reported. */
final class MemberViewFactory {
    private final Cluster cluster;
    private final Map<String, RegistryProtocol.NodeReport> reports = new HashMap<>();

    MemberViewFactory(ActorSystem<?> system) {
        cluster = Cluster.get(system);
    }

    /** Keeps reports of members only: nodes come and go, and each start of one has another name. */
    void heard(RegistryProtocol.NodeReport report) {
        reports.put(report.node(), report);
        Set<String> members = new HashSet<>();
        cluster.state().getMembers().forEach(member -> members.add(NodeName.of(member.uniqueAddress())));
        reports.keySet().retainAll(members);
    }

    /** Address of this node. */
    String self() {
        return cluster.selfMember().address().hostPort().replaceFirst("^.*@", "");
    }

    /** Addresses of the nodes that are full members, in order. */
    List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (Member member : cluster.state().getMembers()) {
            if (member.status() == MemberStatus.up()) {
                addresses.add(member.address().hostPort().replaceFirst("^.*@", ""));
            }
        }
        return addresses.stream().sorted().toList();
    }

    /** Has all nodes leave, this one last. */
    void leave() {
        for (Member member : cluster.state().getMembers()) {
            if (!member.equals(cluster.selfMember())) {
                cluster.manager().tell(Leave.create(member.address()));
            }
        }
        cluster.manager().tell(Leave.create(cluster.selfMember().address()));
    }

    ClusterView view(Collection<RunView> runs) {
        CurrentClusterState state = cluster.state();
        List<ClusterView.Member> members = new ArrayList<>();
        for (Member member : state.getMembers()) {
            boolean unreachable = state.getUnreachable().contains(member);
            Optional<RegistryProtocol.NodeReport> report =
                    Optional.ofNullable(reports.get(NodeName.of(member.uniqueAddress())));
            members.add(new ClusterView.Member(
                    NodeName.of(member.uniqueAddress()),
                    unreachable ? "Unreachable" : member.status().toString(),
                    new TreeSet<>(NodeRole.known(member.getRoles())),
                    report.map(RegistryProtocol.NodeReport::workers).orElse(0),
                    report.map(RegistryProtocol.NodeReport::release).orElse("")));
        }
        List<RunView> listed = RunViewFactory.listed(runs);
        return new ClusterView(
                NodeName.of(cluster.selfMember().uniqueAddress()), members, listed, runs.size() - listed.size());
    }
}
