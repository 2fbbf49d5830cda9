package dev.muster.cli.command;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Logging;
import dev.muster.cli.console.SignalHandler;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.ClusterOptions.JoinOption;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.policy.IamPolicy.PolicySource;
import dev.muster.cli.policy.NodePolicy;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.NodeAws;
import dev.muster.cli.run.RunLocation;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ClusterNode;
import dev.muster.cluster.ClusterSettings;
import dev.muster.cluster.HostPort;
import dev.muster.cluster.JobType.JobTypeRegistry;
import dev.muster.cluster.NodeOptions;
import dev.muster.cluster.NodeOptions.NodeRole;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.metrics.StatusServer;
import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the runs of a cluster until it is told to stop. */
@Command(
        name = "node",
        description = {
            "Starts a node of a cluster, which serves runs until it is told to stop. Ctrl-C or SIGTERM let it finish what it"
                    + " has begun and leave.",
            "Without --join it joins the cluster that is remembered at its --checkpoint, or forms one of its own if none of"
                    + " that answers. Start three or more, so that one may be lost."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster node --checkpoint /shared/muster",
            "  muster node --listen 127.0.0.1:7356 --join 127.0.0.1:7355 \\",
            "      --checkpoint /shared/muster",
            "  muster node --roles worker --join 10.0.0.5:7355 --listen 10.0.0.6:7355 \\",
            "      --config cluster.conf"
        })
final class NodeCommand implements Callable<Integer>, PolicySource {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "address at which the others reach this node; port 0 is any (default: ${DEFAULT-VALUE})")
    String listen = "";

    @Option(
            names = "--bind",
            paramLabel = "HOST",
            description = "the address to bind to, where it is another one, as in a container")
    String bind;

    @Mixin
    JoinOption join;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = "roles of the node: worker, coordinator (default: ${DEFAULT-VALUE})")
    Set<String> roles = Set.of();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "simultaneous tasks of each run, or auto: as many as the services can take (default: ${DEFAULT-VALUE})")
    String workers = "auto";

    @Option(
            names = "--checkpoint",
            paramLabel = "LOCATION",
            description =
                    "where runs are kept: a directory that all coordinators share, or s3://bucket/prefix (default:"
                            + " muster.node.checkpoint, else for a node alone, below ~/.local/state/muster)")
    String checkpoint = "";

    @Option(
            names = "--insecure-listen",
            fallbackValue = "true",
            description = "listen beyond this machine without TLS: anyone who can reach the port controls the node")
    boolean insecure;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "answer /metrics, /health/live and /health/ready by plain HTTP at this port, and at the address"
                            + " that the node binds to (default: none)")
    Integer metricsPort;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description =
                    "format of messages on stderr: text, or json for one object per line (default: ${DEFAULT-VALUE})")
    LogFormat logFormat = LogFormat.TEXT;

    enum LogFormat {
        TEXT,
        JSON
    }

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 2)
    AwsOptions aws = new AwsOptions();

    @Mixin
    ConsoleOptions console;

    private final CommandContext commandContext;
    private NodeMetrics metrics;
    private volatile ClusterNode node;

    NodeCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        Logging.prepare();
        if (!console.quiet) {
            Logging.forNode(logFormat == LogFormat.JSON);
        }
        try (SignalHandler interrupts = new SignalHandler(this::leave)) {
            metrics = new NodeMetrics();
            try (StatusServer status = status()) {
                node = start();
                if (interrupts.interrupted()) {
                    leave();
                }
                node.terminated().toCompletableFuture().join();
            }
            if (!interrupts.interrupted()) {
                throw new UserException(ExitCodes.FAILED, node.endReason());
            }
            say("left the cluster");
            return ExitCodes.COMPLETE;
        } catch (ClusterException | IllegalArgumentException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    @Override
    public IamPolicy policy() {
        commandContext
                .console()
                .line("muster: this is for keeping runs; the node needs what each of its runs needs as well");
        return RunLocation.inS3(checkpoint)
                .map(place -> NodePolicy.keepingRuns(place.bucket(), place.prefix(), Optional.ofNullable(aws.region)))
                .orElseThrow(() -> new UserException(
                        ExitCodes.USAGE,
                        "muster node needs permissions to keep runs in S3 only: give --checkpoint s3://bucket/prefix"));
    }

    private ClusterNode start() {
        Config config = commandContext
                .clusterConfig()
                .withValue("muster.workers", ConfigValueFactory.fromAnyRef(workers, "--workers"));
        ClusterSettings settings = ClusterSettings.from(config);
        CommandContext here = commandContext.with(config);
        NodeAws own = new NodeAws(config, aws);
        JobTypeRegistry types = new JobTypeRegistry(Commands.jobTypes(here, own));
        NodeOptions options =
                new NodeOptions(HostPort.parse(listen), Optional.ofNullable(bind), join.contacts(), roles, insecure);
        Optional<KeyValueStore> store =
                roles.contains(NodeRole.COORDINATOR) ? Optional.of(store(config)) : Optional.empty();
        ClusterNode started = ClusterNode.start(config, options, settings, types, store, metrics);
        say("node " + started.address() + access(settings, config) + ", "
                + settings.engine().workers() + " workers"
                + store.map(place -> ", runs in " + place.location()).orElse(""));
        if (store.isPresent()) {
            unshared(checkpoint, options.listen()).ifPresent(this::warn);
        }
        return started;
    }

    private String access(ClusterSettings settings, Config config) {
        if (settings.tls().isPresent()) {
            return " (TLS)";
        }
        return HostPort.parse(listen).isLoopback()
                        && !config.getString("muster.cluster.loopback-key-file").isEmpty()
                ? " (for this user only)"
                : " (no TLS: open to anyone who can reach it)";
    }

    /** Warning for a node that others can reach but whose store of runs they cannot. */
    static Optional<String> unshared(String checkpoint, HostPort listen) {
        return checkpoint.isEmpty() && !listen.isLoopback()
                ? Optional.of(
                        "runs are kept in a directory of this machine's own: another node that takes over would know"
                                + " none of them; give --checkpoint a directory that all reach, or s3://bucket/prefix")
                : Optional.empty();
    }

    /** Starts before the node, so that an unavailable port leaves no node behind. Null if none is wanted. */
    private StatusServer status() {
        if (metricsPort == null) {
            return null;
        }
        String host = bind == null ? HostPort.parse(listen).host() : bind;
        try {
            return new StatusServer(host, metricsPort, metrics, () -> node != null && node.isUp());
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot answer at " + host + ":" + metricsPort + ": " + e.getMessage()
                            + "; give another --metrics-port",
                    e);
        }
    }

    private KeyValueStore store(Config config) {
        return RunLocation.open(
                checkpoint, commandContext.directories().state().map(state -> state.resolve("cluster")), config, aws);
    }

    private void leave() {
        if (node != null) {
            say("finishing what is under way, then leaving; Ctrl-C again quits at once");
            var unused = node.leave();
        }
    }

    private void warn(String text) {
        if (logFormat == LogFormat.JSON) {
            Logging.warn(text);
        } else {
            commandContext.console().line("muster: warning: " + text);
        }
    }

    private void say(String text) {
        if (!console.quiet && logFormat == LogFormat.JSON) {
            Logging.info(text);
        } else if (!console.quiet) {
            commandContext.console().line("muster: " + text);
        }
    }
}
