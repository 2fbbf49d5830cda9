package dev.muster.cli.command;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.CapturedConsole.Result;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.DemoMessages;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.server.Access.Authorization;
import dev.muster.emulator.server.ServiceError;
import dev.muster.store.S3KeyValueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares policies with what the practice cloud was asked for: neither more nor less may be allowed. */
@Tag("slow")
class PolicyCommandTest {
    private static final Instant MODIFIED = Instant.parse("2024-02-29T17:45:00Z");
    private static final String SECOND = "222222222222";
    private static final Estate ESTATE = Estate.of(
            PracticeAccount.of(
                    "111111111111",
                    "management",
                    PracticeBucket.of("logs", object("a/1"), object("a/2"), object("b"))
                            .with(new PendingUpload("a/part", MODIFIED, List.of(100L))),
                    PracticeBucket.of("other", object("c"))
                            .with(new PendingUpload(
                                    "inv/_temporary/6d1ea6eb-efc5-48cc-82fc-ebfd91ce2748.csv.gz",
                                    MODIFIED,
                                    List.of(100L))),
                    PracticeBucket.of("empty").keepingVersions(),
                    PracticeBucket.of("fast--use1-az4--x-s3", object("d/1"))),
            PracticeAccount.of(SECOND, "production", PracticeBucket.of("backups", object("e"))),
            withoutAddress(PracticeAccount.of("333333333333", "research")));

    private final Set<Authorization> used = ConcurrentHashMap.newKeySet();

    @TempDir
    Path home;

    @Test
    void anAuditNeedsToListBuckets() throws IOException {
        audited();
    }

    @Test
    void versionsAndUploadsNeedMore() throws IOException {
        audited("--versions", "--uploads");
    }

    @Test
    void namedBucketsAloneNeedToBeListed() throws IOException {
        audited("--include=log*");
    }

    @Test
    void bucketsGivenAsArgumentsNeedNoListOfBuckets() throws IOException {
        audited("logs", "other");
        assertThat(policy("audit", "s3://logs/a/").toString()).doesNotContain("ListAllMyBuckets");
    }

    @Test
    void aPrefixAloneNeedsToBeListed() throws IOException {
        audited("--include=logs", "--prefix=a/", "--uploads");
        assertThat(policy("audit", "--include=logs", "--prefix=a/")
                        .at("/Statement/1/Condition/StringLike/s3:prefix")
                        .asText())
                .isEqualTo("a/*");
    }

    @Test
    void directoryBucketsNeedSessions() throws IOException {
        audited("--directory-buckets");
    }

    @Test
    void anOrganizationIsListedAndItsAccountsAreEntered() throws IOException {
        audited("--org");
    }

    @Test
    void accountsThatAreNamedNeedNotBeListed() throws IOException {
        audited("--org", "--accounts=" + SECOND);
    }

    @Test
    void anInventoryNeedsItsPlaceToo() throws IOException {
        List<String> inventory = List.of("inventory", "s3://logs/a/", "--output=s3://other/inv", "--format=csv");
        try (PracticeCloud cloud = start()) {
            run(cloud, ExitCodes.COMPLETE, inventory);
        }
        assertExact(policy(inventory));
    }

    @Test
    void aComparisonNeedsItsSources() throws IOException {
        List<String> compare = List.of("compare", "s3://logs/a/", "s3://other/inv/manifest.json");
        try (PracticeCloud cloud = start()) {
            run(cloud, ExitCodes.COMPLETE, List.of("inventory", "s3://logs/a/", "--output=s3://other/inv"));
            used.clear();
            run(cloud, ExitCodes.CHECK_FAILED, compare); // keys of a prefix are told without it
        }
        assertExact(policy(compare));
        assertThat(policy("duplicates", "s3://inventories/logs/daily/2024-05-06T01-00Z/manifest.json")
                        .findValuesAsText("Resource"))
                .containsExactly("arn:aws:s3:::inventories", "arn:aws:s3:::inventories/logs/daily/*");
        Result local = new CapturedConsole(home).run("policy", "duplicates", home + "/manifest.json");
        assertThat(local.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(local.stderr()).contains("needs no permissions");
    }

    @Test
    void duplicatesNeedABucket() throws IOException {
        try (PracticeCloud cloud = start()) {
            run(cloud, ExitCodes.COMPLETE, List.of("duplicates", "logs"));
        }
        assertExact(policy("duplicates", "logs"));
    }

    @Test
    void contactsNeedWhatTheirOptionsAskFor() throws IOException {
        for (List<String> options : List.of(
                List.<String>of(),
                List.of("--primary"),
                List.of("--accounts=111111111111,333333333333"),
                List.of("--ou=r-prac"))) {
            used.clear();
            try (PracticeCloud cloud = start()) {
                run(cloud, ExitCodes.COMPLETE, command("contacts", options));
            }
            assertExact(policy(command("contacts", options)));
        }
    }

    @Test
    void settingContactsAndUndoingItNeedWhatTheirOptionsAskFor() throws IOException {
        String removal =
                "{\"account_id\": \"" + SECOND + "\", \"contact_type\": \"BILLING\", \"email_address\": null}\n";
        String change = "{\"account_id\": \"333333333333\", \"email_address\": \"owner@example.org\"}\n";
        Path wished = Files.writeString(home.resolve("owners.jsonl"), removal + change);
        List<String> set = List.of("contacts", "set", wished.toString(), "--account-tag-key=owner");
        try (PracticeCloud cloud = start()) {
            run(cloud, ExitCodes.COMPLETE, set);
            assertExact(policy(set.toArray(String[]::new)));

            List<String> apply =
                    Stream.concat(set.stream(), Stream.of("--apply")).toList();
            run(cloud, ExitCodes.COMPLETE, apply);
            List<String> tagged = List.of("contacts", "--tag=owner=owner@example.org");
            Set<Authorization> setting = Set.copyOf(used);
            used.clear();
            run(cloud, ExitCodes.COMPLETE, tagged);
            assertExact(policy(tagged.toArray(String[]::new)));

            used.clear();
            used.addAll(setting);
            run(
                    cloud,
                    ExitCodes.COMPLETE,
                    List.of("contacts", "set", rollbackFile().toString(), "--apply"));
            assertExact(policy(apply.toArray(String[]::new)));
        }
    }

    /** A day in parts, a write that is refused half way, messages that are given back, and messages that are set aside. */
    @Test
    void aDrainNeedsItsQueueAndItsKeys() throws IOException {
        List<String> events = List.of("events", "--queue=" + DemoQueue.QUEUE, "--bucket=logpublish", config());
        try (DemoQueue queue = new DemoQueue(Estate.of(PracticeBucket.of("logpublish", longDay())))) {
            queue.fill(DemoMessages.bodies(200));
            queue.cloud().onAuthorization(used::add);
            FaultProfile denied = FaultProfile.NONE.withErrors(1, List.of(new ServiceError(403, "AccessDenied", "no")));
            queue.cloud().faults().set("s3:UploadPart", denied); // days go in one piece then
            queue.cloud().faults().set("sqs:DeleteMessageBatch", denied); // what stays comes again, poison too
            run(queue.cloud(), ExitCodes.INCOMPLETE, events);
            queue.cloud().faults().set("sqs:DeleteMessageBatch", FaultProfile.NONE);
            run(queue.cloud(), ExitCodes.COMPLETE, events);
        }
        assertExact(policy(events.toArray(String[]::new)));
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        List<String> events = List.of("events", "--queue=" + DemoQueue.QUEUE, "--bucket=logpublish", "--dry-run");
        try (DemoQueue queue = new DemoQueue()) {
            queue.fill(DemoMessages.bodies(50));
            queue.cloud().onAuthorization(used::add);
            run(queue.cloud(), ExitCodes.COMPLETE, events);
        }
        assertExact(policy(events.toArray(String[]::new)));
    }

    @Test
    void aBackfillThatPublishesNeedsItsTopicAlone() throws IOException {
        Path log = Files.writeString(
                home.resolve("metrics.log"),
                "2022-04-04 22:45:55,436 UNIQUEID=1.399, CHANNEL=SIP/630, CALLERID(number)=1, name=filterdial\n");
        List<String> backfill = List.of(
                "events",
                "backfill",
                log.toString(),
                "--topic-arn=arn:aws:sns:us-east-1:111111111111:" + DemoQueue.QUEUE);
        try (DemoQueue queue = new DemoQueue()) {
            queue.fill(List.of());
            queue.cloud().onAuthorization(used::add);
            run(queue.cloud(), ExitCodes.COMPLETE, backfill);
        }
        assertExact(policy(backfill.toArray(String[]::new)));
    }

    @Test
    void aNodeNeedsThePlaceOfItsRuns() throws IOException {
        try (PracticeCloud cloud = start();
                AwsClients clients = clients(cloud);
                S3KeyValueStore store = new S3KeyValueStore(clients, "other", "muster/runs")) {
            store.probe();
            String tag = store.write("run", new byte[] {1}, Optional.empty());
            store.write("run", new byte[] {2}, Optional.of(tag));
            assertThat(store.list()).containsExactly("run");
            assertThat(store.read("run")).isPresent();
            store.delete("run");
        }
        assertExact(policy("node", "--checkpoint=s3://other/muster/runs"));
    }

    @Test
    void whatIsKnownOfAQueueIsInItsName() throws IOException {
        String url = "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/calls";
        assertThat(policy("events", "--queue-url=" + url, "--bucket=logs", "--prefix=day/")
                        .findValuesAsText("Resource"))
                .contains(
                        "arn:aws-cn:sqs:cn-north-1:123456789012:calls",
                        "arn:aws-cn:s3:::logs/day/*",
                        "arn:aws-cn:s3:::logs");
    }

    @Test
    void aCommandThatNeedsNothingSaysSo() {
        Result demo = new CapturedConsole(home).run("policy", "demo");
        assertThat(demo.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(demo.stderr()).contains("muster demo needs no permissions");
        Result node = new CapturedConsole(home).run("policy", "node", "--checkpoint=" + home);
        assertThat(node.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(node.stdout()).isEmpty();
    }

    @Test
    void publicBucketsNeedNothing() {
        Result result = new CapturedConsole(home).run("policy", "audit", "--no-sign-request", "--include=logs");
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.stderr()).contains("--no-sign-request needs no permissions");
        assertThat(result.stdout()).isEmpty();
    }

    @Test
    void wrongOptionsAreWrongHereToo() {
        Result result = new CapturedConsole(home).run("policy", "audit", "--verions");
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.stderr()).contains("unknown option --verions");
    }

    private void audited(String... options) throws IOException {
        List<String> audit = command("audit", List.of(options));
        try (PracticeCloud cloud = start()) {
            run(cloud, ExitCodes.COMPLETE, audit);
        }
        assertExact(policy(audit.toArray(String[]::new)));
    }

    private PracticeCloud start() {
        PracticeCloud cloud = PracticeCloud.start(ESTATE);
        cloud.quotas().scale(1000);
        cloud.onAuthorization(used::add);
        return cloud;
    }

    private void run(PracticeCloud cloud, int expected, List<String> command) {
        List<String> arguments = CapturedConsole.on(cloud, ESTATE, command.toArray(String[]::new));
        Result result = new CapturedConsole(home).run(arguments);
        assertThat(result.code()).as(result.stderr()).isEqualTo(expected);
    }

    private JsonNode policy(List<String> command) throws IOException {
        return policy(command.toArray(String[]::new));
    }

    private JsonNode policy(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("policy"));
        arguments.addAll(List.of(command));
        if (Stream.of(command).noneMatch(argument -> argument.startsWith("--queue-url"))) {
            arguments.add("--region=" + Estate.REGION);
        }
        Result result = new CapturedConsole(home).run(arguments);
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        return new JsonMapper().readTree(result.stdout());
    }

    private void assertExact(JsonNode policy) {
        List<Authorization> allowed = new ArrayList<>();
        for (JsonNode statement : policy.get("Statement")) {
            for (String action : texts(statement.get("Action"))) {
                texts(statement.get("Resource")).forEach(arn -> allowed.add(new Authorization(action, arn)));
            }
        }
        assertThat(used).as("what was asked for is allowed").isNotEmpty().allMatch(asked -> allowed.stream()
                .anyMatch(grant -> covers(grant, asked)));
        assertThat(allowed).as("what is allowed was asked for").allMatch(grant -> used.stream()
                .anyMatch(asked -> covers(grant, asked)));
    }

    private static boolean covers(Authorization grant, Authorization asked) {
        String pattern =
                Stream.of(grant.resource().split("\\*", -1)).map(Pattern::quote).collect(joining(".*"));
        return grant.action().equals(asked.action()) && asked.resource().matches(pattern);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> texts.add(item.asText()));
        } else {
            texts.add(node.asText());
        }
        return texts;
    }

    private static List<String> command(String name, List<String> options) {
        return Stream.concat(Stream.of(name), options.stream()).toList();
    }

    private String config() throws IOException {
        Path file = Files.writeString(home.resolve("muster.conf"), "muster.events.multipart-over = 5 MiB");
        return "--config=" + file;
    }

    private Path rollbackFile() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().contains(".rollback-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static AwsClients clients(PracticeCloud cloud) {
        PracticeAccount owner = ESTATE.management();
        return new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys(owner.accessKeyId(), owner.secretAccessKey(), Optional.empty())),
                Optional.of(Estate.REGION),
                Optional.of(cloud.endpoint()),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                4));
    }

    private static StoredObject object(String key) {
        return StoredObject.ofSize(key, 1, MODIFIED, StorageClass.STANDARD);
    }

    /** A day that is written in parts. */
    private static StoredObject longDay() {
        String lines = IntStream.range(0, 60_000)
                .mapToObj(i -> String.format("{\"timestamp\": \"2022-04-04T%08d\", \"channel\": \"%060d\"}%n", i, i))
                .collect(joining());
        return StoredObject.ofText("events/prod/20220404", lines, MODIFIED);
    }

    private static PracticeAccount withoutAddress(PracticeAccount account) {
        return new PracticeAccount(
                account.id(),
                account.name(),
                "",
                account.state(),
                account.joined(),
                account.roles(),
                account.buckets());
    }
}
