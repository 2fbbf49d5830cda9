package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterRosterTest {
    private static final List<String> TWO = List.of("10.0.0.2:7355", "10.0.0.3:7355");
    private static final List<String> ONE = List.of("10.0.0.1:7355");

    private final MemoryStore store = new MemoryStore();
    private final ClusterRoster two = new ClusterRoster(store);
    private final ClusterRoster one = new ClusterRoster(store);

    @Test
    void aNodeThatIsStartedAgainFindsTheMembers() throws Exception {
        assertThat(new ClusterRoster(store).remembered()).isEmpty();
        two.remember("10.0.0.2:7355", TWO);

        assertThat(new ClusterRoster(store).remembered())
                .containsExactly(new HostPort("10.0.0.2", 7355), new HostPort("10.0.0.3", 7355));
    }

    @Test
    void ofTwoClustersThatLiveTheSmallerOneIsToEnd() throws Exception {
        Optional<List<String>> rivalOfOne = Optional.empty();
        for (int round = 0; round < 3; round++) {
            assertThat(two.remember("10.0.0.2:7355", TWO)).isEmpty();
            rivalOfOne = one.remember("10.0.0.1:7355", ONE);
        }

        assertThat(rivalOfOne).contains(TWO);
        assertThat(two.remember("10.0.0.2:7355", TWO)).isEmpty();
    }

    @Test
    void ofTwoEqualClustersOneIsToEnd() throws Exception {
        List<String> other = List.of("10.0.0.4:7355");
        boolean endsOne = false;
        boolean endsOther = false;
        for (int round = 0; round < 4 && !endsOne && !endsOther; round++) {
            endsOne = one.remember("10.0.0.1:7355", ONE).isPresent();
            endsOther = two.remember("10.0.0.4:7355", other).isPresent();
        }

        assertThat(endsOne).isNotEqualTo(endsOther);
    }

    @Test
    void whatADeadClusterHasLeftEndsNobody() throws Exception {
        two.remember("10.0.0.2:7355", TWO);

        for (int round = 0; round < 5; round++) {
            assertThat(one.remember("10.0.0.1:7355", ONE)).isEmpty();
        }
        assertThat(new ClusterRoster(store).remembered()).containsExactly(new HostPort("10.0.0.1", 7355));
    }

    @Test
    void anotherCoordinatorOfTheSameClusterIsNoRival() throws Exception {
        ClusterRoster successor = new ClusterRoster(store);
        two.remember("10.0.0.2:7355", TWO);
        for (int round = 0; round < 3; round++) {
            assertThat(successor.remember("10.0.0.3:7355", TWO)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"coordinator\":\"x\"}", "{\"members\":[\"no port\"]}", "[1"})
    void aDamagedEntryIsWrittenAnew(String content) throws Exception {
        store.write(ClusterRoster.NAME, content.getBytes(UTF_8), Optional.empty());
        assertThat(new ClusterRoster(store).remembered()).isEmpty();

        assertThat(one.remember("10.0.0.1:7355", ONE)).isEmpty();

        assertThat(new ClusterRoster(store).remembered()).containsExactly(new HostPort("10.0.0.1", 7355));
    }
}
