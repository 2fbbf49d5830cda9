package dev.muster.cli;

import dev.muster.audit.AuditFinding;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditTask;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cluster.JobType;
import dev.muster.cluster.RunPlace;
import dev.muster.engine.Job;
import java.util.SortedMap;
import picocli.CommandLine;

/** {@code muster audit} on the nodes of a cluster, each with its own credentials. */
final class AuditOnCluster implements JobType<AuditTask, AuditFinding, AuditPartial> {
    private final Invocation invocation;
    private final NodeAws aws;

    AuditOnCluster(Invocation invocation, NodeAws aws) {
        this.invocation = invocation;
        this.aws = aws;
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
    public Job<AuditTask, AuditFinding, AuditPartial> create(SortedMap<String, String> arguments, RunPlace place) {
        AuditCommand command = new AuditCommand(invocation);
        TravellingOptions.apply(arguments, new CommandLine(command));
        AwsSettings settings =
                aws.settings(arguments, command.aws, command.audit.pathStyle, command.audit.requestPayer);
        AwsClients clients = new AwsClients(settings);
        String account = NodeAws.account(arguments);
        return SameAccount.guard(command.jobOnCluster(account, settings, clients), account, clients);
    }
}
