package dev.muster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.muster.cli.CapturedConsole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in conf/examples do what they say. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("conf/examples");
    private static final String PROGRAM = "/opt/muster/scripts/muster";
    private static final String PACKAGED_PROGRAM = "/usr/bin/muster";
    private static final Path PACKAGED_UNITS = Path.of("src/package/systemd");
    private static final ObjectMapper JSON = new JsonMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String[] DRAIN = {
        "events", "--queue-url=https://sqs.us-west-2.amazonaws.com/123456789012/events", "--bucket=logpublish"
    };

    /** The same resource in Terraform and in CloudFormation. */
    private static final Map<String, String> TYPES = Map.of(
            "aws_sqs_queue", "AWS::SQS::Queue",
            "aws_sqs_queue_policy", "AWS::SQS::QueuePolicy",
            "aws_sns_topic_subscription", "AWS::SNS::Subscription",
            "aws_iam_role", "AWS::IAM::Role",
            "aws_iam_role_policy", "AWS::IAM::Policy");

    /** Properties under the names that Terraform has for them; what only leads from one resource to another has none. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("QueueName", "name"),
            Map.entry("RoleName", "name"),
            Map.entry("PolicyName", "name"),
            Map.entry("MessageRetentionPeriod", "message_retention_seconds"),
            Map.entry("VisibilityTimeout", "visibility_timeout_seconds"),
            Map.entry("ReceiveMessageWaitTimeSeconds", "receive_wait_time_seconds"),
            Map.entry("RedrivePolicy", "redrive_policy"),
            Map.entry("PolicyDocument", "policy"),
            Map.entry("AssumeRolePolicyDocument", "assume_role_policy"),
            Map.entry("TopicArn", "topic_arn"),
            Map.entry("Protocol", "protocol"),
            Map.entry("Endpoint", "endpoint"),
            Map.entry("Queues", "queue_url"),
            Map.entry("Roles", "role"));

    @TempDir
    Path home;

    @Test
    void theListNamesEveryFile() throws IOException {
        String list = Files.readString(EXAMPLES.resolve("README.md"));
        assertThat(examples("").map(Path::getFileName).map(Path::toString))
                .filteredOn(name -> !name.equals("README.md"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(list).contains("`" + name + "`"));
    }

    @Test
    void policiesAreThoseThatMusterPrints() throws IOException {
        assertThat(json("iam-audit.json")).isEqualTo(policy("audit"));
        assertThat(json("iam-contacts.json")).isEqualTo(policy("contacts"));
        assertThat(json("iam-events.json")).isEqualTo(policy(DRAIN));
    }

    @Test
    void thePoliciesOfTheManualAreThoseThatMusterPrints() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/permissions.md"));
        List<String> shown = List.of(page.split("(?m)^```\\n?")).stream()
                .filter(block -> block.startsWith("$ muster policy "))
                .toList();
        assertThat(shown).hasSizeGreaterThan(5);
        for (String block : shown) {
            String command = block.lines().findFirst().orElseThrow().substring(2);
            List<String> arguments = ShellLine.musterCommands(command).get(0);
            assertThat(new CapturedConsole(home).run(arguments).stdout())
                    .as(command)
                    .isEqualTo(block.substring(block.indexOf('\n') + 1));
        }
    }

    @Test
    void unitsAndTheirTimerRunCommandsThatMusterKnows() throws IOException {
        assertThat(units()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(unit -> {
            List<List<String>> commands = read(unit)
                    .lines()
                    .filter(line -> line.startsWith("ExecStart="))
                    .flatMap(line -> ShellLine.musterCommands(line.replaceFirst("ExecStart=", "")).stream())
                    .toList();
            assertThat(commands).hasSize(1);
            ShellLine.parse(commands.get(0));
        });
        assertThat(examples(".timer")).isNotEmpty().allSatisfy(timer -> assertThat(
                        Path.of(timer.toString().replace(".timer", ".service")))
                .exists());
    }

    /** The services among the examples and in the packages. */
    private static List<Path> units() throws IOException {
        try (Stream<Path> packaged = Files.list(PACKAGED_UNITS)) {
            return Stream.concat(examples(".service"), packaged.filter(unit -> unit.toString()
                            .endsWith(".service")))
                    .toList();
        }
    }

    @Test
    @Tag("slow")
    void systemdAcceptsTheUnits() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze");
        List<String> command = new ArrayList<>(List.of("/usr/bin/systemd-analyze", "verify"));
        for (Path unit : Stream.concat(units().stream(), examples(".timer")).toList()) {
            Path copy = Files.createDirectories(home.resolve(unit.getParent())).resolve(unit.getFileName());
            Files.writeString(
                    copy,
                    read(unit)
                            .replace(PROGRAM, "/bin/true")
                            .replace(PACKAGED_PROGRAM, "/bin/true")
                            .replaceAll("Documentation=.*", ""));
            command.add(copy.toString());
        }
        Process verify = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(verify.getInputStream().readAllBytes(), UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain(home.toString());
    }

    @Test
    void cronLinesRunCommandsThatMusterKnows() {
        String field = "[0-9*][0-9*/,-]*";
        List<String> jobs = read(EXAMPLES.resolve("muster.cron"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.matches("[A-Z_]+=.*"))
                .toList();
        assertThat(jobs).hasSize(3).allSatisfy(job -> {
            assertThat(job).matches((field + "\\s+").repeat(5) + "muster\\s+" + PROGRAM + " .*");
            parseOne(job.substring(job.indexOf(PROGRAM)));
        });
    }

    @Test
    void kubernetesRunsCommandsThatMusterKnows() throws IOException {
        for (String name : List.of("kubernetes-job.yaml", "kubernetes-cluster.yaml")) {
            List<JsonNode> containers = new ArrayList<>();
            for (JsonNode document : yaml(name)) {
                assertThat(document.hasNonNull("apiVersion") && document.hasNonNull("kind"))
                        .as(name)
                        .isTrue();
                document.findValues("containers").forEach(list -> list.forEach(containers::add));
            }
            assertThat(containers).isNotEmpty().allSatisfy(container -> {
                List<String> command = texts(container.get("command"));
                assertThat(command).startsWith("java", "-jar", "/opt/muster/muster.jar");
                ShellLine.parse(command.subList(3, command.size()).stream()
                        .filter(argument -> !argument.equals("--config") && !argument.startsWith("/etc/"))
                        .toList());
            });
        }
    }

    @Test
    void theNodesOfKubernetesFindTheirVariablesInTheConfiguration() throws IOException {
        String configuration = Files.readString(Path.of("conf/cluster.conf"));
        List<String> variables = new ArrayList<>();
        for (JsonNode document : yaml("kubernetes-cluster.yaml")) {
            document.findValues("env")
                    .forEach(list -> list.forEach(
                            variable -> variables.add(variable.get("name").asText())));
        }
        assertThat(variables)
                .filteredOn(name -> name.startsWith("MUSTER_"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(configuration).contains("${?" + name + "}"));
    }

    @Test
    void theWorkflowRunsACommandThatMusterKnows() throws IOException {
        JsonNode workflow = yaml("github-events.yml").get(0);
        List<String> commands = new ArrayList<>();
        workflow.at("/jobs/drain/steps")
                .forEach(step -> commands.add(step.path("run").asText()));
        assertThat(commands)
                .filteredOn(command -> command.contains("muster"))
                .hasSize(1)
                .allSatisfy(ExamplesTest::parseOne);
        assertThat(workflow.at("/permissions/id-token").asText()).isEqualTo("write");
        assertThat(workflow.at("/on/schedule/0/cron").asText()).isEqualTo("17 * * * *");
    }

    @Test
    void theReleaseRunsScriptsThatAreThere() throws IOException {
        List<String> scripts = new ArrayList<>();
        yaml("github-release.yml")
                .get(0)
                .at("/jobs/packages/steps")
                .forEach(step -> scripts.add(step.path("run").asText().replaceFirst(" .*", "")));
        assertThat(scripts)
                .filteredOn(script -> script.startsWith("scripts/"))
                .hasSize(3)
                .allSatisfy(script -> assertThat(Path.of(script)).isExecutable());
    }

    @Test
    void terraformAndCloudFormationMakeTheSame() throws IOException {
        assertThat(cloudFormation()).hasSize(6).isEqualTo(terraform());
    }

    @Test
    void bothHaveThePermissionsThatMusterPrints() throws IOException {
        JsonNode printed = lists(policy(DRAIN));
        assertThat(terraform().get("aws_iam_role_policy drain").get("policy")).isEqualTo(printed);
        assertThat(cloudFormation().get("aws_iam_role_policy drain").get("policy"))
                .isEqualTo(printed);
    }

    @Test
    void configurationsHaveOnlyKeysThatMusterKnows() {
        Config reference = ConfigFactory.parseResources("reference.conf");
        assertThat(examples(".conf")).allSatisfy(file -> {
            Config config = ConfigFactory.parseFile(file.toFile()).resolve();
            assertThat(config.entrySet()).isNotEmpty().allSatisfy(entry -> assertThat(
                            reference.hasPathOrNull(entry.getKey()))
                    .as(entry.getKey())
                    .isTrue());
        });
    }

    private static void parseOne(String line) {
        List<List<String>> commands = ShellLine.musterCommands(line);
        assertThat(commands).hasSize(1);
        ShellLine.parse(commands.get(0));
    }

    private JsonNode policy(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("policy"));
        arguments.addAll(List.of(command));
        return JSON.readTree(new CapturedConsole(home).run(arguments).stdout());
    }

    /** Resources by type and name, with what stands for the same in both languages written the same. */
    private static Map<String, JsonNode> terraform() throws IOException {
        String text = read(EXAMPLES.resolve("events.tf"))
                .replaceAll("jsonencode\\(\\{", "{")
                .replaceAll("(?m)^(\\s*)}\\)$", "$1}")
                .replaceAll("(resource|variable|output) \"(\\w+)\"", "$1.$2")
                .replaceAll("(resource\\.\\w+) \"(\\w+)\"", "$1.$2")
                .replaceAll("\\$\\{var\\.bucket}", "logpublish")
                .replaceAll("= ([a-z_]+\\.[a-z_.]+)", "= \"$1\"");
        JsonNode root = JSON.readTree(ConfigFactory.parseString(text).root().render(ConfigRenderOptions.concise()));
        Map<String, JsonNode> resources = new TreeMap<>();
        root.get("resource").properties().forEach(type -> type.getValue()
                .forEach(resource -> put(resources, type.getKey(), (ObjectNode) resource)));
        return resources;
    }

    private static Map<String, JsonNode> cloudFormation() throws IOException {
        Map<String, String> types = new TreeMap<>();
        TYPES.forEach((terraform, other) -> types.put(other, terraform));
        Map<String, JsonNode> resources = new TreeMap<>();
        yaml("events.cloudformation.yaml").get(0).get("Resources").forEach(resource -> {
            ObjectNode properties = JsonNodeFactory.instance.objectNode();
            resource.get("Properties")
                    .properties()
                    .forEach(property -> properties.set(PROPERTIES.get(property.getKey()), plain(property.getValue())));
            put(resources, types.get(resource.get("Type").asText()), properties);
        });
        return resources;
    }

    private static void put(Map<String, JsonNode> resources, String type, ObjectNode properties) {
        ObjectNode compared = (ObjectNode) lists(properties);
        String name = compared.path("name").asText();
        resources.put(type + " " + name, compared);
    }

    /** References as Terraform writes them. */
    private static JsonNode plain(JsonNode node) {
        Map<String, String> references = Map.of(
                "Events", "aws_sqs_queue.events.url",
                "Role", "aws_iam_role.events.id",
                "TopicArn", "var.topic_arn",
                "TrustedArn", "var.trusted_arn",
                "[\"Events\",\"Arn\"]", "aws_sqs_queue.events.arn",
                "[\"DeadLetters\",\"Arn\"]", "aws_sqs_queue.dead_letters.arn");
        if (node.has("Ref") || node.has("Fn::GetAtt")) {
            JsonNode target = node.has("Ref") ? node.get("Ref") : node.get("Fn::GetAtt");
            String reference = references.get(target.isTextual() ? target.asText() : target.toString());
            assertThat(reference).as(target.toString()).isNotNull();
            return JsonNodeFactory.instance.textNode(reference);
        }
        if (node.has("Fn::Sub")) {
            return JsonNodeFactory.instance.textNode(node.get("Fn::Sub")
                    .asText()
                    .replace("${AWS::Partition}", "aws")
                    .replace("${Bucket}", "logpublish"));
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), plain(field.getValue())));
            return object;
        }
        if (node.isArray() && node.size() == 1 && node.get(0).has("Ref")) {
            return plain(node.get(0));
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(plain(item)));
            return array;
        }
        return node;
    }

    /** A list of one is the same as its element; the queue's ARN is that of the resource. */
    private static JsonNode lists(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), lists(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(lists(item)));
            return array.size() == 1 ? array.get(0) : array;
        }
        boolean queue = node.asText().equals("arn:aws:sqs:us-west-2:123456789012:events");
        return JsonNodeFactory.instance.textNode(queue ? "aws_sqs_queue.events.arn" : node.asText());
    }

    private static List<JsonNode> yaml(String name) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(read(EXAMPLES.resolve(name)))) {
            return documents.readAll();
        }
    }

    private static JsonNode json(String name) throws IOException {
        return JSON.readTree(read(EXAMPLES.resolve(name)));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static Stream<Path> examples(String ending) {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
