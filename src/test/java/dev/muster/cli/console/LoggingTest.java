package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.muster.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoggingTest {
    /** Muster tells of nodes and of the AWS configuration itself, in words for people. */
    @Test
    void linesOfLibrariesAreNotForUsers() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        configurator.doConfigure(Main.class.getResource("/logback.xml"));

        assertThat(Stream.of(
                                "org.apache.pekko.cluster.sharding.DDataShardCoordinator",
                                "org.apache.pekko.remote.artery.Association",
                                "org.apache.pekko.stream.Materializer",
                                "software.amazon.awssdk.profiles.internal.ProfileFileReader")
                        .map(context::getLogger))
                .noneMatch(Logger::isErrorEnabled);
        assertThat(context.getLogger("org.apache.pekko.actor").isWarnEnabled()).isTrue();
        context.stop();
    }

    @Test
    void aNodesLinesBeginWithTheTime() {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        ConsoleLogAppender appender = new ConsoleLogAppender();
        appender.start();
        Logger logger = context.getLogger("dev.muster");
        logger.addAppender(appender);
        try {
            ConsoleLogAppender.use(new Console(new PrintStream(stderr, true, UTF_8), false, 200), false);
            ConsoleLogAppender.useTime();
            logger.info("joined the cluster: {}", "2 nodes");
        } finally {
            ConsoleLogAppender.use(Console.onStderr(), false);
            context.stop();
        }

        assertThat(stderr.toString(UTF_8))
                .matches(
                        "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z muster: info: joined the cluster: 2 nodes\\R");
    }
}
