package dev.muster.cli;

import dev.muster.audit.AuditFinding;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditTask;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cluster.JobType;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Executor;
import dev.muster.engine.Job;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** {@code muster audit} on the nodes of a cluster, each with its own credentials. */
final class AuditOnCluster implements JobType<AuditTask, AuditFinding, AuditPartial> {
    /** Beside the options: the account that the client audits, and the region that it begins in. */
    static final String ACCOUNT = "caller-account";

    static final String REGION = "home-region";

    private final Invocation invocation;
    private final AwsOptions own;

    /** For a node with these credentials. */
    AuditOnCluster(Invocation invocation, AwsOptions own) {
        this.invocation = invocation;
        this.own = own;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Class<AuditFinding> resultType() {
        return AuditFinding.class;
    }

    @Override
    public Job<AuditTask, AuditFinding, AuditPartial> create(SortedMap<String, String> arguments) {
        AuditCommand command = new AuditCommand(invocation);
        TravellingOptions.apply(arguments, new CommandLine(command));
        int workers = EngineSettings.from(invocation.config()).workers();
        AwsSettings settings = settings(command, workers, arguments.get(REGION));
        AwsClients clients = new AwsClients(settings);
        String account = arguments.getOrDefault(ACCOUNT, "");
        Job<AuditTask, AuditFinding, AuditPartial> job = command.job(account, settings, clients);
        return new Job<>(
                job.name(),
                job.arguments(),
                job.plan(),
                new SameAccount(account, clients, job.executor()),
                job.summary(),
                job.output(),
                job.taskType(),
                job.partialType());
    }

    /** Where to go is the run's; whose credentials to use is the node's. */
    private AwsSettings settings(AuditCommand command, int workers, String region) {
        AwsSettings ours =
                own.settings(invocation.config(), workers, command.audit.pathStyle, command.audit.requestPayer);
        AwsSettings theirs =
                command.aws.settings(invocation.config(), workers, command.audit.pathStyle, command.audit.requestPayer);
        return new AwsSettings(
                ours.profile(),
                ours.keys(),
                Optional.ofNullable(region).or(ours::region),
                theirs.endpoint().or(ours::endpoint),
                ours.endpoints(),
                theirs.pathStyle() || ours.pathStyle(),
                theirs.requestPayer(),
                ours.timeouts(),
                ours.maxConnections());
    }

    /** Does nothing for a run that audits another account than this node's credentials belong to. */
    private static final class SameAccount implements Executor<AuditTask, AuditFinding> {
        private final String expected;
        private final AwsClients clients;
        private final Executor<AuditTask, AuditFinding> executor;
        private CompletableFuture<Void> checked;

        SameAccount(String expected, AwsClients clients, Executor<AuditTask, AuditFinding> executor) {
            this.expected = expected;
            this.clients = clients;
            this.executor = executor;
        }

        @Override
        public CompletableFuture<AuditFinding> execute(AuditTask task) {
            CompletableFuture<Void> check = check();
            if (check.isDone() && !check.isCompletedExceptionally()) {
                return executor.execute(task);
            }
            return check.thenCompose(same -> executor.execute(task));
        }

        private synchronized CompletableFuture<Void> check() {
            if (checked == null) {
                checked = Caller.belongsTo(clients, expected);
            }
            return checked;
        }

        @Override
        public void close() {
            executor.close();
            clients.close();
        }
    }
}
