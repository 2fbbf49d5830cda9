package dev.muster.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import dev.muster.cli.Main;
import org.junit.jupiter.api.Test;

class LoggingTest {
    /** Pekko's classic actors log under the names of their classes, of which the second says what the first says too. */
    @Test
    void whatTheLastNodeWaitsForWhenOthersHaveLeftIsNoErrorToTheUser() throws Exception {
        String sharding = "org.apache.pekko.cluster.sharding";
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        configurator.doConfigure(Main.class.getResource("/logback.xml"));

        for (String name : new String[] {"DDataShardCoordinator", "internal.DDataRememberEntitiesCoordinatorStore"}) {
            Class<?> actor =
                    Class.forName(sharding + "." + name, false, getClass().getClassLoader());
            assertThat(context.getLogger(actor).isErrorEnabled()).as(name).isFalse();
        }
        assertThat(context.getLogger(sharding).isWarnEnabled()).isTrue();
        context.stop();
    }
}
