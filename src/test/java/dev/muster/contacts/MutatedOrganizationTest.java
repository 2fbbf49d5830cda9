package dev.muster.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.Mutation;
import dev.muster.aws.AwsClients;
import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.cli.run.CallerIdentity;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsExecutor;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.engine.Failure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever Organizations, Account Management and STS answer is an answer or a failure of a known class. */
@Timeout(120)
class MutatedOrganizationTest {
    private static final int TRIES = 60;
    private static final String ID = "111111111111";
    private static final OrganizationIdentity ORGANIZATION = new OrganizationIdentity("o-1", ID, ID);
    private static final String IDENTITY = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::" + ID
            + ":user/t</Arn><UserId>AIDA</UserId>" + "<Account>" + ID
            + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

    @SuppressWarnings("ImmutableEnumChecker") // tasks are immutable records
    private enum Exchange {
        ORGANIZATION_OF(
                new ContactsTask.FindOrganization(),
                "{\"Organization\":{\"Id\":\"o-1\",\"MasterAccountId\":\"" + ID + "\",\"FeatureSet\":\"ALL\"}}"),
        ACCOUNT(
                new ContactsTask.FindAccount(ORGANIZATION, ID),
                "{\"Account\":{\"Id\":\"" + ID
                        + "\",\"Name\":\"team\",\"Email\":\"a@example.org\",\"Status\":\"ACTIVE\"}}"),
        TAGS(
                new ContactsTask.ReadTags(new MemberAccount(ID, "team", Optional.empty(), "ACTIVE"), false),
                "{\"Tags\":[{\"Key\":\"owner\",\"Value\":\"team\"},{\"Key\":\"env\",\"Value\":\"prod\"}]}"),
        CONTACT(
                new ContactsTask.ReadContact(ID, "team", false, ContactType.SECURITY),
                "{\"AlternateContact\":{\"AlternateContactType\":\"SECURITY\",\"EmailAddress\":\"s@example.org\",\"Name\":\"N\","
                        + "\"Title\":\"T\",\"PhoneNumber\":\"+1\"}}"),
        PRIMARY_EMAIL(
                new ContactsTask.ReadContact(ID, "team", true, ContactType.ROOT),
                "{\"PrimaryEmail\":\"root@example.org\"}");

        private final ContactsTask task;
        private final String answer;

        Exchange(ContactsTask task, String answer) {
            this.task = task;
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMutatedAnswerIsReadOrIsAFailureOfAKnownClass(Exchange exchange) throws Exception {
        AtomicReference<byte[]> body = new AtomicReference<>();
        try (PracticeServer server = new PracticeServer(request -> PracticeServer.send(request, 200, body.get()));
                AwsClients clients = new AwsClients(server.settings())) {
            for (int seed = 1; seed <= TRIES; seed++) {
                body.set(new Mutation(seed).of(exchange.answer.getBytes(UTF_8)));
                require(
                        new ContactsExecutor(clients).execute(exchange.task),
                        exchange + " " + new String(body.get(), UTF_8));
            }
        }
    }

    @Test
    void aMutatedIdentityIsOneOrAFailureOfAKnownClass() throws Exception {
        AtomicReference<byte[]> body = new AtomicReference<>();
        try (PracticeServer server = new PracticeServer(request -> PracticeServer.send(request, 200, body.get()));
                AwsClients clients = new AwsClients(server.settings())) {
            for (int seed = 1; seed <= TRIES; seed++) {
                body.set(new Mutation(seed).of(IDENTITY.getBytes(UTF_8)));
                require(CallerIdentity.belongsTo(clients, ID), new String(body.get(), UTF_8));
            }
        }
    }

    private static void require(CompletableFuture<?> answer, String what) throws Exception {
        try {
            answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Failure failure = Failure.of(e.getCause());
            assertThat(failure.kind()).as(what + " " + failure).isNotEqualTo(Failure.Kind.DEFECT);
            assertThat(failure.message()).as(what).doesNotContain("NullPointer", "java.lang");
        }
    }
}
