package dev.muster.cli;

import dev.muster.aws.AwsClients;
import dev.muster.cluster.JobType;
import dev.muster.cluster.RunPlace;
import dev.muster.contacts.collect.ContactsAnswer;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.engine.Job;
import java.util.SortedMap;
import picocli.CommandLine;

/** {@code muster contacts} on the nodes of a cluster; the contacts come to the client at the end, all at once. */
final class ContactsOnCluster implements JobType<ContactsTask, ContactsAnswer, ContactsPartial> {
    private final Invocation invocation;
    private final NodeAws aws;

    ContactsOnCluster(Invocation invocation, NodeAws aws) {
        this.invocation = invocation;
        this.aws = aws;
    }

    @Override
    public String name() {
        return "contacts";
    }

    @Override
    public Class<ContactsAnswer> resultType() {
        return ContactsAnswer.class;
    }

    @Override
    public Job<ContactsTask, ContactsAnswer, ContactsPartial> create(
            SortedMap<String, String> arguments, RunPlace place) {
        ContactsCommand command = new ContactsCommand(invocation);
        TravellingOptions.apply(arguments, new CommandLine(command));
        AwsClients clients = new AwsClients(aws.settings(arguments, command.aws, false, false));
        return SameAccount.guard(command.jobOnCluster(clients), NodeAws.account(arguments), clients);
    }
}
