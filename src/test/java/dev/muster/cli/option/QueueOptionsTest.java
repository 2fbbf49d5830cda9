package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cli.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

class QueueOptionsTest {
    @Command(name = "events")
    private static final class Events {
        @ArgGroup(validate = false)
        QueueOptions queue = new QueueOptions();
    }

    @Test
    void anArgumentReplacesAConfiguredQueueWhetherByUrlOrByName() {
        assertThat(queue("queue-url = \"https://configured/1/q\"", null, "--queue=mine"))
                .isEqualTo("/mine");
        assertThat(queue("queue = configured", null, "--queue-url=https://mine/1/q"))
                .isEqualTo("https://mine/1/q/");
        assertThat(queue("", "https://environment/1/q", "--queue=mine")).isEqualTo("/mine");
        assertThat(queue("", null, "--queue-url= https://mine/1/q ")).isEqualTo("https://mine/1/q/");
    }

    @Test
    void theConfigurationCountsBeforeTheEnvironment() {
        assertThat(queue("queue = configured", "https://environment/1/q")).isEqualTo("/configured");
        assertThat(queue("", "https://environment/1/q")).isEqualTo("https://environment/1/q/");
    }

    @Test
    void thereMustBeExactlyOneQueue() {
        assertThatThrownBy(() -> queue("", null, "--queue=a", "--queue-url=https://b/1/c"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("two queues");
        assertThatThrownBy(() -> queue("queue = a, queue-url = \"https://b/1/c\"", null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("two queues");
        assertThatThrownBy(() -> queue("", ""))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("say which queue");
    }

    /** The URL and the name that come out of it. */
    private static String queue(String configured, String environment, String... arguments) {
        Config config = ConfigFactory.parseString("muster.events { " + configured + " }")
                .withFallback(ConfigFactory.defaultReference());
        Events events = new Events();
        CommandLine line = new CommandLine(events);
        line.setDefaultValueProvider(new ConfigDefaults(() -> ConfigFactory.parseMap(
                Map.of("events", config.getConfig("muster.events").root().unwrapped()))));
        CommandLine.ParseResult parsed = line.parseArgs(arguments);
        Config merged = events.queue.over(config, parsed, environment).getConfig("muster.events");
        return merged.getString("queue-url") + "/" + merged.getString("queue");
    }
}
