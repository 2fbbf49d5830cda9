package dev.muster.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** Policy document of AWS Identity and Access Management with statements that allow actions. */
public record IamPolicy(List<Statement> statements) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public IamPolicy {
        statements = List.copyOf(statements);
    }

    /**
     * Actions that are allowed on resources.
     *
     * @param resources their ARNs
     * @param prefix the prefix that listed keys must have; empty for any
     */
    public record Statement(List<String> actions, List<String> resources, String prefix) {
        public Statement {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }

    /** Collects statements. */
    public static final class Builder {
        private final List<Statement> statements = new ArrayList<>();

        public Builder allow(List<String> actions, List<String> resources) {
            return allow(actions, resources, "");
        }

        /** Adds a statement, unless it has no actions. */
        public Builder allow(List<String> actions, List<String> resources, String prefix) {
            if (!actions.isEmpty()) {
                statements.add(new Statement(actions, resources, prefix));
            }
            return this;
        }

        public IamPolicy build() {
            return new IamPolicy(statements);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The document on several lines, to be pasted. */
    public String json() {
        ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
        ArrayNode list = document.putArray("Statement");
        for (Statement statement : statements) {
            ObjectNode node = list.addObject().put("Effect", "Allow");
            put(node, "Action", statement.actions());
            put(node, "Resource", statement.resources());
            if (!statement.prefix().isEmpty()) {
                node.putObject("Condition").putObject("StringLike").put("s3:prefix", statement.prefix() + "*");
            }
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return JSON.writer(printer).writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot fail to be written", e);
        }
    }

    private static void put(ObjectNode node, String name, List<String> values) {
        if (values.size() == 1) {
            node.put(name, values.get(0));
        } else {
            values.forEach(node.withArray("/" + name)::add);
        }
    }

    /**
     * Amazon Resource Names of one partition.
     *
     * @param region {@code *} if unknown
     */
    record Arns(String partition, String region) {
        /** Names in the partition of a region; without a region, in the partition {@code aws}. */
        static Arns in(Optional<String> region) {
            String partition = region.map(name -> Region.of(name).metadata())
                    .map(metadata -> metadata.partition().id())
                    .orElse("aws");
            return new Arns(partition, region.orElse("*"));
        }

        /** Name of a bucket, or of objects: {@code bucket/key}. */
        String s3(String path) {
            return "arn:" + partition + ":s3:::" + path;
        }

        String directoryBucket(String name) {
            return "arn:" + partition + ":s3express:" + region + ":*:bucket/" + name;
        }

        String queue(String account, String name) {
            return "arn:" + partition + ":sqs:" + region + ":" + account + ":" + name;
        }

        String role(String account, String name) {
            return "arn:" + partition + ":iam::" + account + ":role/" + name;
        }
    }

    /** Command that needs permissions in AWS. */
    public interface PolicySource {
        /** The least policy with which the command can do its work with the given options. */
        IamPolicy policy();
    }
}
