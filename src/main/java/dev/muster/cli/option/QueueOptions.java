package dev.muster.cli.option;

import com.typesafe.config.Config;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options about a queue and how it is drained. */
public final class QueueOptions {
    @Option(
            names = "--queue-url",
            paramLabel = "URL",
            description = "the queue's URL (default: QUEUE_URL in the environment)")
    String queueUrl;

    @Option(names = "--queue", paramLabel = "NAME", description = "the queue's name, in this account and region")
    String queue;

    @Option(
            names = "--pollers",
            paramLabel = "N",
            description = "simultaneous receives, or auto (default: ${DEFAULT-VALUE})")
    String pollers;

    @Option(
            names = "--poison",
            paramLabel = "HOW",
            description =
                    "what to do with messages that cannot become a line: quarantine, or leave them for the queue's redrive policy (default: ${DEFAULT-VALUE})")
    String poison;

    @Option(names = "--max-messages", paramLabel = "N", description = "stop after so many messages")
    public long maxMessages = Long.MAX_VALUE;

    @Option(
            names = "--follow",
            fallbackValue = "true",
            description = "continue when the queue is empty, until a signal")
    public boolean follow;

    @Option(
            names = "--dry-run",
            fallbackValue = "true",
            description =
                    "show what would be written and dropped; writes and deletes nothing, but counts as a delivery for a redrive policy")
    public boolean dryRun;

    @Option(
            names = "--sqs-endpoint-url",
            paramLabel = "URL",
            description = "the URL of SQS, if other than --endpoint-url")
    public String sqsEndpointUrl;

    /**
     * The configuration with these options on top. A queue given as an argument replaces a configured one, whether by
     * URL or by name; QUEUE_URL counts if there is neither.
     *
     * @param arguments of the command
     * @param environment the value of QUEUE_URL, or null
     * @throws UserException if there is not exactly one queue
     */
    public Config over(Config config, ParseResult arguments, String environment) {
        boolean urlGiven = arguments.hasMatchedOption("--queue-url");
        boolean nameGiven = arguments.hasMatchedOption("--queue");
        String url = nameGiven && !urlGiven ? null : queueUrl;
        String name = urlGiven && !nameGiven ? null : queue;
        if (url == null && name == null) {
            url = environment == null || environment.isBlank() ? null : environment;
        }
        if (url != null && name != null) {
            throw new UserException(
                    ExitCodes.USAGE, "two queues are given: drop either --queue-url " + url + " or --queue " + name);
        }
        if (url == null && name == null) {
            throw new UserException(ExitCodes.USAGE, "say which queue: give --queue-url or --queue");
        }
        Config merged = EventsOptions.with(config, "queue-url", url == null ? "" : url.strip());
        merged = EventsOptions.with(merged, "queue", name == null ? "" : name);
        merged = EventsOptions.with(merged, "pollers", pollers);
        return EventsOptions.with(merged, "poison", poison);
    }
}
