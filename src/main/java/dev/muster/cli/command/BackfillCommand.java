package dev.muster.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.EventsOptions;
import dev.muster.cli.policy.EventsPolicy;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.policy.IamPolicy.PolicySource;
import dev.muster.cli.run.CommandContext;
import dev.muster.events.EventsJob;
import dev.muster.events.EventsJobFactory;
import dev.muster.events.EventsSettings;
import dev.muster.events.backfill.MetricLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns metric log lines into the messages that would have been sent. */
@Command(
        name = "backfill",
        description = "Publishes the events of a metric log, or merges them into the day files.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster events backfill metrics.log \\",
            "      --topic-arn arn:aws:sns:us-west-2:123456789012:events",
            "  zcat metrics.log.gz | muster events backfill - --direct"
        })
final class BackfillCommand implements Callable<Integer>, PolicySource {
    private static final int CONNECTIONS = 64;

    @Parameters(paramLabel = "FILE", description = "the log; - for standard input")
    String file;

    @Option(names = "--topic-arn", paramLabel = "ARN", description = "the topic to publish to")
    String topicArn;

    @Option(
            names = "--direct",
            fallbackValue = "true",
            description = "merge straight into the day files instead of publishing")
    boolean direct;

    @Option(
            names = "--hostname",
            paramLabel = "NAME",
            description = "host that the events are attributed to (default: ${DEFAULT-VALUE})",
            defaultValue = "futel-prod.phu73l.net")
    String hostname;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "of the log's times: a name, or an offset; -08:00 makes the timestamps that earlier backfills made (default: ${DEFAULT-VALUE})",
            defaultValue = "America/Los_Angeles")
    String zone;

    @Option(
            names = "--sns-endpoint-url",
            paramLabel = "URL",
            description = "the URL of SNS, if other than --endpoint-url")
    String snsEndpointUrl;

    @ArgGroup(validate = false, heading = "%nWhere events go to:%n", order = 1)
    EventsOptions events = new EventsOptions();

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 2)
    AwsOptions aws = new AwsOptions();

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    BackfillCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        requireDestination();
        MetricLine format = new MetricLine(hostname, zone());
        Config config = events.over(commandContext.config());
        EventsSettings settings = EventsSettings.from(config);
        AwsSettings reach = EventsRunner.reach(aws.settings(config, commandContext.aws(), CONNECTIONS), events);
        try (AwsClients clients = new AwsClients(EventsRunner.at(reach, "sns", snsEndpointUrl))) {
            EventsJobFactory jobs = EventsRunner.jobs(config, settings, clients, clients.home());
            BufferedReader lines = open();
            EventsJob job = direct
                    ? jobs.backfillDirect(lines, format)
                    : jobs.backfill(lines, format, clients.snsAsync(clients.home()), topicArn);
            return new EventsRunner(commandContext, console, spec.commandLine().getOut())
                    .run(job, false, events.format, false, "the rest is left out; a second signal ends at once");
        } catch (IOException e) {
            throw new UserException(ExitCodes.USAGE, EventsRunner.unusableDirectory(settings, e), e);
        }
    }

    @Override
    public IamPolicy policy() {
        requireDestination();
        EventsSettings settings = EventsSettings.from(events.over(commandContext.config()));
        return direct
                ? EventsPolicy.merging(settings.dayObjects(), Optional.ofNullable(aws.region))
                : EventsPolicy.publishing(topicArn);
    }

    private void requireDestination() {
        if (direct == (topicArn != null)) {
            throw new UserException(ExitCodes.USAGE, "say where the events go: give either --topic-arn or --direct");
        }
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--zone is not a time zone: " + zone + "; give one such as America/Los_Angeles or -08:00",
                    e);
        }
    }

    /**
     * Opens the log. Bytes that are not UTF-8 become replacement characters, so a damaged line does not end the
     * backfill. The job closes the reader, as it knows when closing would block.
     */
    private BufferedReader open() {
        if (!file.equals("-") && Files.isDirectory(Path.of(file))) {
            throw new UserException(ExitCodes.USAGE, "cannot read " + file + ": it is a directory; give a file, or -");
        }
        try {
            return new BufferedReader(new InputStreamReader(
                    file.equals("-") ? System.in : Files.newInputStream(Path.of(file)),
                    UTF_8.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE)));
        } catch (IOException e) {
            throw new UserException(ExitCodes.USAGE, "cannot read " + file + ": " + FileErrors.reason(e), e);
        }
    }
}
