package dev.muster.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import dev.muster.cli.Main;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoggingTest {
    /** Muster tells of nodes itself, in words for people. */
    @Test
    void pekkosOwnLinesAboutAClusterAreNotForUsers() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        configurator.doConfigure(Main.class.getResource("/logback.xml"));

        assertThat(Stream.of(
                                "cluster.sharding.DDataShardCoordinator",
                                "remote.artery.Association",
                                "stream.Materializer")
                        .map(name -> context.getLogger("org.apache.pekko." + name)))
                .noneMatch(Logger::isErrorEnabled);
        assertThat(context.getLogger("org.apache.pekko.actor").isWarnEnabled()).isTrue();
        context.stop();
    }
}
