package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RunCatalogTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00Z");

    private final MemoryStore store = new MemoryStore();
    private final RunRepository states = new RunRepository(store);
    private final RunCatalog catalog = new RunCatalog(states, LoggerFactory.getLogger(RunCatalog.class));

    @Test
    void anOldResultThatCannotBeRemovedKeepsNoOther() throws Exception {
        for (String run : new String[] {"a", "b", "c"}) {
            states.submit(RunRecord.submitted(run, "toy", ToyJob.arguments(7, 1), NOW));
            states.endWithoutResult(run, NOW);
            catalog.look(run);
        }
        store.keep(RunRepository.name("a"));

        catalog.expire(NOW.plusSeconds(1));

        assertThat(states.list()).containsExactly("a");
        assertThat(catalog.views()).singleElement().matches(view -> view.run().equals("a"));
    }
}
