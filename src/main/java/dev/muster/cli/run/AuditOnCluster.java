package dev.muster.cli.run;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditTask;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.command.AuditCommand;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cluster.JobType;
import dev.muster.cluster.RunPlace;
import dev.muster.engine.Job;
import java.util.SortedMap;
import picocli.CommandLine;

/** {@code muster audit} on the nodes of a cluster, each with its own credentials. */
public final class AuditOnCluster implements JobType<AuditTask, AuditResult, AuditPartial> {
    private final CommandContext commandContext;
    private final NodeAws aws;

    public AuditOnCluster(CommandContext commandContext, NodeAws aws) {
        this.commandContext = commandContext;
        this.aws = aws;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Class<AuditResult> resultType() {
        return AuditResult.class;
    }

    @Override
    public Job<AuditTask, AuditResult, AuditPartial> create(SortedMap<String, String> arguments, RunPlace place) {
        AuditCommand command = new AuditCommand(commandContext);
        RemoteOptions.apply(arguments, new CommandLine(command));
        AwsSettings settings = command.audit.reach(
                aws.settings(arguments, command.aws, command.audit.pathStyle, command.audit.requestPayer));
        AwsClients clients = new AwsClients(settings);
        String account = NodeAws.account(arguments);
        return SameAccount.guard(command.jobOnCluster(account, settings, clients), account, clients);
    }
}
