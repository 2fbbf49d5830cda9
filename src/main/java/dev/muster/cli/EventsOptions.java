package dev.muster.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.events.EventsReport;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where events come from and go to. */
public final class EventsOptions {
    @Option(
            names = "--queue-url",
            paramLabel = "URL",
            description = "the queue's URL (default: QUEUE_URL in the environment)")
    String queueUrl;

    @Option(names = "--queue", paramLabel = "NAME", description = "the queue's name, in this account and region")
    String queue;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "the bucket of the day files (default: ${DEFAULT-VALUE})")
    String bucket;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "what their keys begin with (default: ${DEFAULT-VALUE})")
    String prefix;

    @Option(
            names = "--pollers",
            paramLabel = "N",
            description = "receives at the same time, or auto (default: ${DEFAULT-VALUE})")
    String pollers;

    @Option(
            names = "--poison",
            paramLabel = "HOW",
            description =
                    "what becomes of messages no line can be made of: quarantine, or leave for the queue's redrive policy (default: ${DEFAULT-VALUE})")
    String poison;

    @Option(names = "--max-messages", paramLabel = "N", description = "stop after so many messages")
    long maxMessages = Long.MAX_VALUE;

    @Option(names = "--follow", fallbackValue = "true", description = "go on when the queue is empty, until a signal")
    boolean follow;

    @Option(
            names = "--dry-run",
            fallbackValue = "true",
            description =
                    "show what would be written and dropped; writes and deletes nothing, but counts as a delivery for a redrive policy")
    boolean dryRun;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "of the summary: text or json (default: ${DEFAULT-VALUE})",
            defaultValue = "text")
    EventsReport.Format format = EventsReport.Format.TEXT;

    @Option(
            names = "--sqs-endpoint-url",
            paramLabel = "URL",
            description = "where SQS answers, if not where --endpoint-url says")
    String sqsEndpointUrl;

    @Option(
            names = "--s3-endpoint-url",
            paramLabel = "URL",
            description = "where S3 answers, if not where --endpoint-url says")
    String s3EndpointUrl;

    /** The configuration with what these options say above it. */
    Config over(Config config) {
        String url = Optional.ofNullable(queueUrl)
                .or(() -> queue == null ? Optional.ofNullable(System.getenv("QUEUE_URL")) : Optional.empty())
                .orElse("");
        Config merged = config;
        merged = with(merged, "queue-url", url);
        merged = with(merged, "queue", queue);
        merged = with(merged, "bucket", bucket);
        merged = with(merged, "prefix", prefix);
        merged = with(merged, "pollers", pollers);
        return with(merged, "poison", poison);
    }

    private static Config with(Config config, String key, String value) {
        return value == null
                ? config
                : config.withValue("muster.events." + key, ConfigValueFactory.fromAnyRef(value, "--" + key));
    }
}
