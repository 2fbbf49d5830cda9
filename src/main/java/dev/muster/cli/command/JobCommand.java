package dev.muster.cli.command;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.ClusterOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cli.policy.IamPolicy.PolicySource;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.cli.run.ClusterRunner;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.NodeAws;
import dev.muster.cli.run.SameAccount;
import dev.muster.cluster.JobType;
import dev.muster.cluster.JobType.RunPlace;
import dev.muster.cluster.ShardedActorType;
import dev.muster.engine.Job;
import dev.muster.engine.RunResult;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that does a job: on this machine, or with {@code --cluster} on the nodes of a cluster. On a cluster every
 * node creates the job from a command of its own, which gets the client's options and uses the node's credentials.
 *
 * @param <T> the job's tasks
 * @param <R> their results
 * @param <P> partial results
 */
abstract class JobCommand<T, R, P> implements Callable<Integer>, PolicySource {
    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 9)
    AwsOptions aws = new AwsOptions();

    @Mixin
    ClusterOptions cluster;

    @Spec
    CommandSpec spec;

    final CommandContext commandContext;
    private final Class<T> taskType;
    private final Class<R> resultType;
    private final Class<P> partialType;

    JobCommand(CommandContext commandContext, Class<T> taskType, Class<R> resultType, Class<P> partialType) {
        this.commandContext = commandContext;
        this.taskType = taskType;
        this.resultType = resultType;
        this.partialType = partialType;
    }

    /** Options about the output on stderr. */
    abstract ConsoleOptions console();

    /** The settings changed by this command's own options. */
    AwsSettings reach(AwsSettings settings) {
        return settings;
    }

    /**
     * Creates the job as a node of a cluster does it.
     *
     * @param arguments of the run, including those that {@link #onCluster} added
     */
    abstract Job<T, R, P> jobOnNode(SortedMap<String, String> arguments, RunPlace place, AwsClients clients);

    /** Progress line of a run. */
    abstract ProgressLine progressLine();

    /** Reports the run of a cluster; returns the exit code. */
    abstract int reportOfCluster(RunResult<T, P> result);

    /** Clients with this machine's credentials. */
    final AwsClients clients(int connections) {
        return new AwsClients(reach(aws.settings(commandContext.config(), commandContext.aws(), connections)));
    }

    /**
     * Has a cluster do the run; returns the exit code.
     *
     * @param more arguments that nodes cannot learn from the options
     */
    final int onCluster(AwsClients clients, Map<String, String> more) {
        try (ClusterRunner runner = new ClusterRunner(commandContext, console(), cluster.join.required())) {
            SortedMap<String, String> arguments = NodeAws.describe(
                    RemoteOptions.of(spec), CallerIdentity.account(clients, true, commandContext.console()), clients);
            arguments.putAll(more);
            return follow(runner, runner.submit(spec.name(), arguments));
        }
    }

    /** Shows the run of a cluster to its end and reports it, with the options of that run; returns the exit code. */
    final int follow(ClusterRunner runner, String run) {
        return runner.follow(run, taskType, partialType, progressLine())
                .map(this::reportOfCluster)
                .orElse(ExitCodes.INTERRUPTED);
    }

    /**
     * The job as nodes of a cluster know it.
     *
     * @param another creates a command like this one, without options yet
     */
    final JobType<T, R, P> onNodes(Supplier<CommandLine> another, NodeAws aws) {
        return new OnNodes(another, aws);
    }

    /** Sharded actors that the job needs on a cluster, if any; see {@link JobType#shardedActors}. */
    Optional<ShardedActorType<?, ?, ?>> shardedActors(Supplier<CommandLine> another, NodeAws aws) {
        return Optional.empty();
    }

    /** Creates a command with the options of a run. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as in picocli
    static <C extends JobCommand<?, ?, ?>> C given(SortedMap<String, String> arguments, Supplier<CommandLine> another) {
        CommandLine line = another.get();
        RemoteOptions.apply(arguments, line);
        return line.getCommand();
    }

    private final class OnNodes implements JobType<T, R, P> {
        private final Supplier<CommandLine> another;
        private final NodeAws aws;

        OnNodes(Supplier<CommandLine> another, NodeAws aws) {
            this.another = another;
            this.aws = aws;
        }

        @Override
        public String name() {
            return JobCommand.this.getClass().getAnnotation(Command.class).name();
        }

        @Override
        public Class<R> resultType() {
            return resultType;
        }

        @Override
        public Job<T, R, P> create(SortedMap<String, String> arguments, RunPlace place) {
            JobCommand<T, R, P> command = given(arguments, another);
            AwsClients clients = command.clients(arguments, aws);
            try {
                Job<T, R, P> job = command.jobOnNode(arguments, place, clients);
                return SameAccount.guard(job, NodeAws.account(arguments), clients, place.nodes());
            } catch (RuntimeException e) {
                clients.close();
                throw e;
            }
        }

        @Override
        public Optional<ShardedActorType<?, ?, ?>> shardedActors() {
            return JobCommand.this.shardedActors(another, aws);
        }
    }

    /** Clients with a node's credentials for a run. */
    final AwsClients clients(SortedMap<String, String> arguments, NodeAws node) {
        return new AwsClients(reach(node.settings(arguments, aws)));
    }
}
