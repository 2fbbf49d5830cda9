package dev.muster.cli.option;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.events.EventsReport;
import picocli.CommandLine.Option;

/** Options for the destination of events. */
public final class EventsOptions {
    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "the bucket of the day files (default: ${DEFAULT-VALUE})")
    String bucket;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "the beginning of their keys (default: ${DEFAULT-VALUE})")
    String prefix;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "format of the summary: text or json (default: ${DEFAULT-VALUE})",
            defaultValue = "text")
    public EventsReport.Format format = EventsReport.Format.TEXT;

    @Option(
            names = "--s3-endpoint-url",
            paramLabel = "URL",
            description = "the URL of S3, if other than --endpoint-url")
    public String s3EndpointUrl;

    /** The configuration with these options on top. */
    public Config over(Config config) {
        return with(with(config, "bucket", bucket), "prefix", prefix);
    }

    static Config with(Config config, String key, String value) {
        return value == null
                ? config
                : config.withValue("muster.events." + key, ConfigValueFactory.fromAnyRef(value, "--" + key));
    }
}
