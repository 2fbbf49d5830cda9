package dev.muster.cli.run;

import dev.muster.aws.AwsClients;
import dev.muster.cli.command.ContactsCommand;
import dev.muster.cli.option.RemoteOptions;
import dev.muster.cluster.JobType;
import dev.muster.cluster.RunPlace;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsResult;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.engine.Job;
import java.util.SortedMap;
import picocli.CommandLine;

/** {@code muster contacts} on the nodes of a cluster; the contacts come to the client at the end, all at once. */
public final class ContactsOnCluster implements JobType<ContactsTask, ContactsResult, ContactsPartial> {
    private final CommandContext commandContext;
    private final NodeAws aws;

    public ContactsOnCluster(CommandContext commandContext, NodeAws aws) {
        this.commandContext = commandContext;
        this.aws = aws;
    }

    @Override
    public String name() {
        return "contacts";
    }

    @Override
    public Class<ContactsResult> resultType() {
        return ContactsResult.class;
    }

    @Override
    public Job<ContactsTask, ContactsResult, ContactsPartial> create(
            SortedMap<String, String> arguments, RunPlace place) {
        ContactsCommand command = new ContactsCommand(commandContext);
        RemoteOptions.apply(arguments, new CommandLine(command));
        AwsClients clients = new AwsClients(aws.settings(arguments, command.aws, false, false));
        return SameAccount.guard(command.jobOnCluster(clients), NodeAws.account(arguments), clients);
    }
}
