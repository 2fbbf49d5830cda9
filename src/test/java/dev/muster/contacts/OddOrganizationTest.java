package dev.muster.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsExecutor;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.LocalRun;
import dev.muster.engine.Output;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lookups of contacts on a server that says odd things. */
class OddOrganizationTest {
    private static final Config CONFIG = ConfigFactory.parseString(
                    "muster.workers = 4, muster.engine { max-attempts = 2, backoff { base = 1ms, cap = 2ms } }")
            .withFallback(ConfigFactory.load());
    private static final JsonMapper JSON = new JsonMapper();
    private static final ContactsView VIEW = new ContactsView(ContactsFormat.JSON, false, true, false, true, false);
    private static final String NAMES = "\"Name\":\"N\",\"Title\":\"T\",\"PhoneNumber\":\"+1\"";

    /** Answers by operation, of its request. */
    private final Map<String, Function<JsonNode, String>> answers = new HashMap<>();

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private HttpServer server;
    private AwsClients clients;

    @BeforeEach
    void start() throws IOException {
        answers.put(
                "DescribeOrganization",
                request ->
                        "{\"Organization\":{\"Id\":\"o-1\",\"MasterAccountId\":\"111111111111\",\"FeatureSet\":\"ALL\"}}");
        answers.put("ListAccounts", request -> accounts(account("111111111111"), account("222222222222")));
        answers.put("GetAlternateContact", request -> contact("\"EmailAddress\":\"a@example.org\"," + NAMES));
        answers.put("GetPrimaryEmail", request -> "{\"PrimaryEmail\":\"root@example.org\"}");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        clients = new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys("key", "secret", Optional.empty())),
                Optional.of("us-east-1"),
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                8));
    }

    @AfterEach
    void end() {
        clients.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anAccountThatIsListedTwiceCountsOnce() throws Exception {
        answers.put(
                "ListAccounts",
                request -> request.has("NextToken")
                        ? accounts(account("222222222222"), account("333333333333"))
                        : more("a", account("111111111111"), account("222222222222"), account("222222222222")));

        ContactsPartial found = find(Practice.EVERYTHING);

        assertThat(found.failures()).isEmpty();
        assertThat(found.accounts())
                .extracting("id")
                .containsExactlyInAnyOrder("111111111111", "222222222222", "333333333333");
        assertThat(found.contacts()).hasSize(3 * 4);
    }

    @Test
    void aListThatLeadsBackToWhereItWasEndsAndIsReported() throws Exception {
        answers.put(
                "ListAccounts",
                request -> request.path("NextToken").asText().equals("a")
                        ? more("b", account("222222222222"))
                        : more("a", account("111111111111")));

        ContactsPartial found = find(Practice.EVERYTHING);

        assertThat(found.accounts()).hasSize(2);
        assertThat(found.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.subject()).isEqualTo("ListAccounts");
            assertThat(failure.message()).contains("accounts may be missing");
        });
    }

    @Test
    void aPageThatComesAgainAndAgainUnderNewTokensEndsAndIsReported() throws Exception {
        int[] token = {0};
        answers.put("ListAccounts", request -> more("t" + token[0]++, account("111111111111")));

        ContactsPartial found = find(Practice.EVERYTHING);

        assertThat(token[0]).isLessThan(10);
        assertThat(found.accounts()).hasSize(1);
        assertThat(found.failures()).extracting(ContactFailure::message).allSatisfy(message -> assertThat(message)
                .contains("accounts may be missing"));
    }

    @Test
    void aUnitsListThatLeadsBackToWhereItWasEndsAndIsReported() throws Exception {
        answers.put("ListAccountsForParent", request -> more("same", account("111111111111")));
        answers.put(
                "ListOrganizationalUnitsForParent",
                request -> "{\"OrganizationalUnits\":[{\"Name\":\"lost\"}],\"NextToken\":\"same\"}");

        ContactsPartial found = find(new Selection(
                Set.of(), Set.of(), List.of("ou-1"), Map.of(), Set.copyOf(ContactType.ALTERNATES), false));

        assertThat(found.accounts()).hasSize(1);
        assertThat(found.failures())
                .extracting(ContactFailure::message)
                .anySatisfy(message -> assertThat(message)
                        .contains("ListAccountsForParent ou-1 failed: the list leads back to where it was"))
                .anySatisfy(message -> assertThat(message).contains("a unit named lost has no Id and is left out"));
    }

    @Test
    void anEntryWithoutAnIdCostsThatEntry() throws Exception {
        answers.put(
                "ListAccounts",
                request -> accounts(
                        "{\"Name\":\"lost\",\"Email\":\"x@example.org\"}",
                        "null",
                        "{\"Id\":null}",
                        "{\"Id\":\"222222222222\",\"Name\":null,\"Email\":null}",
                        account("333333333333")));

        ContactsPartial found = find(Practice.EVERYTHING);

        assertThat(found.accounts()).extracting("id").containsExactlyInAnyOrder("222222222222", "333333333333");
        assertThat(found.contacts()).hasSize(2 * 4);
        assertThat(found.failures())
                .extracting(ContactFailure::message)
                .containsExactlyInAnyOrder(
                        "ListAccounts failed: an account named lost has no Id and is left out",
                        "ListAccounts failed: an account without a name has no Id and is left out",
                        "ListAccounts failed: an account without a name has no Id and is left out");
    }

    @Test
    void whatAContactLacksIsNamedAndTheRestOfItIsWritten() throws Exception {
        answers.put("ListAccounts", request -> accounts("{\"Id\":\"222222222222\",\"Email\":\" \"}"));
        answers.put("GetPrimaryEmail", request -> "{}");
        answers.put("GetAlternateContact", request -> switch (request.path("AlternateContactType")
                .asText()) {
            case "BILLING" -> contact("\"EmailAddress\":null,\"Name\":\"N\",\"Title\":null");
            case "OPERATIONS" -> "{}";
            default -> contact("\"AlternateContactType\":\"BILLING\",\"EmailAddress\":\"a@example.org\"," + NAMES);
        });

        ContactsPartial found = find(Practice.EVERYTHING);

        assertThat(found.contacts()).singleElement().satisfies(contact -> {
            assertThat(contact.type()).isEqualTo(ContactType.BILLING);
            assertThat(contact.name()).contains("N");
        });
        assertThat(found.failures())
                .extracting(ContactFailure::message)
                .containsExactlyInAnyOrder(
                        "GetPrimaryEmail ROOT of account 222222222222 failed: the answer is without PrimaryEmail",
                        "GetAlternateContact BILLING of account 222222222222 failed: the answer is without EmailAddress,"
                                + " PhoneNumber",
                        "GetAlternateContact OPERATIONS of account 222222222222 failed: the answer is without"
                                + " AlternateContact",
                        "GetAlternateContact SECURITY of account 222222222222 failed: the answer is about BILLING");
    }

    @Test
    void anAnswerThatIsNoJsonOfTheOperationIsNotAskedForAgainAndAgain() throws Exception {
        int[] asked = {0};
        answers.put("ListAccounts", request -> accounts(account("222222222222")));
        answers.put("GetAlternateContact", request -> {
            asked[0]++;
            return request.path("AlternateContactType").asText().equals("BILLING")
                    ? contact("\"EmailAddress\":[\"x\"]," + NAMES)
                    : "hello";
        });

        Config patient =
                ConfigFactory.parseString("muster.engine.max-attempts = 16").withFallback(CONFIG);
        ContactsPartial found = run(patient, Practice.EVERYTHING).summary();

        assertThat(asked[0]).isEqualTo(3 * 3);
        assertThat(found.failures()).hasSize(3).allSatisfy(failure -> assertThat(failure.message())
                .contains("no JSON of this operation"));
    }

    @Test
    void anAnswerThatSaysNothingIsAskedForAgain() throws Exception {
        int[] asked = {0};
        answers.put("ListAccounts", request -> accounts(account("222222222222")));
        answers.put(
                "GetAlternateContact",
                request -> asked[0]++ < 2 ? "{}" : contact("\"EmailAddress\":\"a@example.org\"," + NAMES));

        Config patient =
                ConfigFactory.parseString("muster.engine.max-attempts = 16").withFallback(CONFIG);
        ContactsPartial found = run(patient, Practice.EVERYTHING).summary();

        assertThat(found.failures()).isEmpty();
        assertThat(asked[0]).isEqualTo(3 + 2);
    }

    @Test
    void anAnswerOfAnyFormIsReadOrRefusedAndNeverADefect() throws Exception {
        Random random = new Random(5);
        Map<String, Function<JsonNode, String>> honest = Map.copyOf(answers);
        for (int round = 0; round < 60; round++) {
            for (String operation : honest.keySet()) {
                answers.put(
                        operation,
                        request -> random.nextInt(3) > 0
                                ? honest.get(operation).apply(request)
                                : mutated(honest.get(operation).apply(request), random));
            }

            RunResult<ContactsTask, ContactsPartial> result = run(Practice.EVERYTHING);

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures()).allSatisfy(failure -> assertThat(failure.code())
                    .as(failure.toString())
                    .doesNotContain("NullPointer", "IllegalArgument", "IllegalState", "ClassCast", "Unchecked"));
        }
    }

    /** The answer with one value or character put in the place of another, or cut off. */
    private static String mutated(String answer, Random random) {
        int at = random.nextInt(answer.length());
        List<String> values = List.of("null", "[]", "{}", "5", "true", "\"\"", "[null]");
        return switch (random.nextInt(4)) {
            case 0 -> answer.substring(0, at);
            case 1 ->
                answer.substring(0, at) + "\"[]{},: \u0000x".charAt(random.nextInt(11)) + answer.substring(at + 1);
            case 2 -> answer.replaceFirst("\"[^\"]*\"(?=[,}])", values.get(random.nextInt(values.size())));
            default -> answer.replaceFirst("[\\[{](?!.*[\\[{]).*?[\\]}]", values.get(random.nextInt(values.size())));
        };
    }

    private ContactsPartial find(Selection selection) throws Exception {
        RunResult<ContactsTask, ContactsPartial> result = run(selection);
        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        return result.summary();
    }

    private RunResult<ContactsTask, ContactsPartial> run(Selection selection) throws Exception {
        return run(CONFIG, selection);
    }

    private RunResult<ContactsTask, ContactsPartial> run(Config config, Selection selection) throws Exception {
        ContactsSettings settings = new ContactsSettings(
                selection,
                VIEW,
                true,
                Optional.empty(),
                Map.of(),
                new RequestQuotaTable(Map.of()),
                Duration.ofSeconds(10));
        try (LocalRun<ContactsTask, ?, ContactsPartial> run = LocalRun.start(
                config,
                ContactsJob.create(settings, new ContactsExecutor(clients), Output.none()),
                EngineSettings.from(config),
                new MemoryCheckpointStore(new MemoryCheckpointStore.Memory()))) {
            return run.result().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private static String accounts(String... accounts) {
        return "{\"Accounts\":[" + String.join(",", accounts) + "]}";
    }

    private static String more(String token, String... accounts) {
        return "{\"Accounts\":[" + String.join(",", accounts) + "],\"NextToken\":\"" + token + "\"}";
    }

    private static String account(String id) {
        return "{\"Id\":\"" + id + "\",\"Name\":\"n\",\"Email\":\"root@example.org\",\"Status\":\"ACTIVE\"}";
    }

    private static String contact(String fields) {
        return "{\"AlternateContact\":{" + fields + "}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String path = exchange.getRequestURI().getPath().substring(1);
        String answer;
        synchronized (answers) {
            answer = target == null && path.isEmpty()
                    ? "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account>"
                            + "</GetCallerIdentityResult></GetCallerIdentityResponse>"
                    : answers.get(
                                    target == null
                                            ? path.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                                                    + path.substring(1)
                                            : target.substring(target.indexOf('.') + 1))
                            .apply(JSON.readTree(request));
        }
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
