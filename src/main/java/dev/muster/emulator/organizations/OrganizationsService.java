package dev.muster.emulator.organizations;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.emulator.Estate;
import dev.muster.emulator.Governance;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.organizations.UnitTree.OrganizationDocuments;
import dev.muster.emulator.server.Access.Principal;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.JsonProtocol;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.server.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The organization, its accounts and units, and the accounts' tags. */
public final class OrganizationsService implements Service {
    private static final JsonProtocol PROTOCOL =
            new JsonProtocol("application/x-amz-json-1.1", "TooManyRequestsException");
    static final Paginator PAGES = new Paginator(20);

    private final Estate estate;
    private final Governance governance;
    private final OrganizationDocuments documents;
    private final Map<String, Operation> operations;

    /** One operation of the API; the map is the answer. */
    private interface Operation {
        Map<String, ?> on(JsonNode body);
    }

    public OrganizationsService(Estate estate, Governance governance) {
        this.estate = requireNonNull(estate, "estate is null");
        this.governance = requireNonNull(governance, "governance is null");
        this.documents = new OrganizationDocuments(estate);
        UnitTree tree = new UnitTree(estate);
        UnitOperations units = new UnitOperations(tree, documents);
        TagOperations tags = new TagOperations(estate, tree);
        this.operations = Map.of(
                "DescribeOrganization", body -> describe(),
                "ListAccounts", body -> PAGES.answer("Accounts", documents.accounts(account -> true), body),
                "DescribeAccount", this::describeAccount,
                "ListRoots", body -> units.roots(),
                "ListParents", units::parents,
                "ListAccountsForParent", units::accounts,
                "ListOrganizationalUnitsForParent", units::units,
                "ListTagsForResource", tags::list,
                "TagResource", tags::tag,
                "UntagResource", tags::untag);
    }

    @Override
    public String name() {
        return "organizations";
    }

    @Override
    public String operation(Call call) {
        return JsonProtocol.operation(call);
    }

    @Override
    public CompletionStage<Reply> answer(Call call) {
        String name = operation(call);
        Operation operation = operations.get(name);
        if (operation == null) {
            throw new ServiceError(400, "UnknownOperationException", "The practice cloud has no operation " + name);
        }
        requireMayAsk(call.signer(), name);
        return CompletableFuture.completedStage(PROTOCOL.reply(call, operation.on(JsonProtocol.body(call))));
    }

    @Override
    public Reply refuse(Call call, ServiceError error) {
        return PROTOCOL.refuse(call, error);
    }

    /** Refuses callers: any member may describe the organization; only administrators may list its contents. */
    private void requireMayAsk(Principal caller, String operation) {
        String action = "organizations:" + operation;
        if (governance.denies(action)) {
            String message = "User: " + caller.arn() + " is not authorized to perform: " + action
                    + " on resource: * because no identity-based policy allows the " + action + " action";
            throw new ServiceError(400, "AccessDeniedException", message);
        }
        boolean administrator = caller.account().equals(estate.management())
                || governance.isDelegated(caller.account().id());
        if (!operation.equals("DescribeOrganization") && !administrator) {
            throw new ServiceError(400, "AccessDeniedException", "You don't have permissions to access this resource.");
        }
    }

    private Map<String, ?> describe() {
        Map<String, Object> organization = new LinkedHashMap<>();
        organization.put("Id", Estate.ORGANIZATION_ID);
        organization.put("Arn", documents.arn("organization/" + Estate.ORGANIZATION_ID));
        organization.put("FeatureSet", governance.allFeatures() ? "ALL" : "CONSOLIDATED_BILLING");
        organization.put("MasterAccountArn", documents.accountArn(estate.management()));
        organization.put("MasterAccountId", estate.management().id());
        organization.put("MasterAccountEmail", estate.management().email());
        return Map.of("Organization", organization);
    }

    private Map<String, ?> describeAccount(JsonNode body) {
        return documents
                .accounts(account -> account.id().equals(body.path("AccountId").asText()))
                .stream()
                .findFirst()
                .map(account -> Map.of("Account", account))
                .orElseThrow(() -> new ServiceError(
                        400, "AccountNotFoundException", "You specified an account that doesn't exist."));
    }

    /**
     * ListTagsForResource, TagResource and UntagResource for accounts. Initially accounts in Production and Testing
     * have the tag {@code stage}.
     */
    static final class TagOperations {
        private static final int LIMIT = 2;

        private final Map<String, Map<String, String>> byAccount = new ConcurrentHashMap<>();

        TagOperations(Estate estate, UnitTree units) {
            for (PracticeAccount account : estate.accounts()) {
                Map<String, String> tags = new ConcurrentSkipListMap<>();
                if (units.contains(UnitTree.PRODUCTION, account.id())) {
                    tags.put("stage", "production");
                } else if (units.contains(UnitTree.TESTING, account.id())) {
                    tags.put("stage", "testing");
                }
                byAccount.put(account.id(), tags);
            }
        }

        Map<String, ?> list(JsonNode body) {
            List<Map<String, String>> tags = new ArrayList<>();
            tagsOf(body).forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
            return new Paginator(LIMIT).answer("Tags", tags, body);
        }

        Map<String, ?> tag(JsonNode body) {
            Map<String, String> tags = tagsOf(body);
            body.path("Tags")
                    .forEach(tag ->
                            tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
            return Map.of();
        }

        Map<String, ?> untag(JsonNode body) {
            Map<String, String> tags = tagsOf(body);
            body.path("TagKeys").forEach(key -> tags.remove(key.asText()));
            return Map.of();
        }

        private Map<String, String> tagsOf(JsonNode body) {
            Map<String, String> tags = byAccount.get(body.path("ResourceId").asText());
            if (tags == null) {
                throw new ServiceError(400, "TargetNotFoundException", "You specified a target that doesn't exist.");
            }
            return tags;
        }
    }

    /** ListRoots, ListParents, ListAccountsForParent and ListOrganizationalUnitsForParent. */
    static final class UnitOperations {
        private final UnitTree tree;
        private final OrganizationDocuments documents;

        UnitOperations(UnitTree tree, OrganizationDocuments documents) {
            this.tree = tree;
            this.documents = documents;
        }

        Map<String, ?> roots() {
            return Map.of(
                    "Roots", List.of(documents.unit(tree.find(UnitTree.ROOT).orElseThrow())));
        }

        Map<String, ?> parents(JsonNode body) {
            String parent = tree.parentOf(body.path("ChildId").asText())
                    .orElseThrow(() -> new ServiceError(
                            400, "ChildNotFoundException", "You specified a child that doesn't exist."));
            String type = parent.equals(UnitTree.ROOT) ? "ROOT" : "ORGANIZATIONAL_UNIT";
            return Map.of("Parents", List.of(Map.of("Id", parent, "Type", type)));
        }

        Map<String, ?> accounts(JsonNode body) {
            String parent = requireParent(body);
            return OrganizationsService.PAGES.answer(
                    "Accounts", documents.accounts(account -> tree.contains(parent, account.id())), body);
        }

        Map<String, ?> units(JsonNode body) {
            List<Map<String, ?>> inside = tree.unitsIn(requireParent(body)).stream()
                    .<Map<String, ?>>map(documents::unit)
                    .toList();
            return OrganizationsService.PAGES.answer("OrganizationalUnits", inside, body);
        }

        private String requireParent(JsonNode body) {
            return tree.find(body.path("ParentId").asText())
                    .orElseThrow(() -> new ServiceError(
                            400, "ParentNotFoundException", "You specified a root or OU that doesn't exist."))
                    .id();
        }
    }

    /**
     * Pages of a list. As with the real service a page may be empty but not the last: here every third one is.
     *
     * @param limit greatest number of items of a page, which a request's MaxResults may lower
     */
    record Paginator(int limit) {
        private static final String PREFIX = "page-";

        /** @param nextToken absent on the last page */
        record Page<T>(List<T> items, Optional<String> nextToken) {}

        <T> Page<T> of(List<T> all, JsonNode request) {
            int size = Math.min(limit, request.path("MaxResults").asInt(limit));
            if (size < 1) {
                throw invalid("MaxResults must be from 1 to " + limit);
            }
            Position position = position(request.path("NextToken").asText(PREFIX + "0-0"));
            if (position.number() % 3 == 2) {
                return new Page<>(List.of(), Optional.of(token(position.number() + 1, position.offset())));
            }
            int from = Math.min(position.offset(), all.size());
            int until = Math.min(from + size, all.size());
            Optional<String> next =
                    until < all.size() ? Optional.of(token(position.number() + 1, until)) : Optional.empty();
            return new Page<>(List.copyOf(all.subList(from, until)), next);
        }

        /** A page as an answer under the name that the operation has for its items. */
        Map<String, ?> answer(String name, List<?> all, JsonNode request) {
            Page<?> page = of(all, request);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(name, page.items());
            page.nextToken().ifPresent(token -> answer.put("NextToken", token));
            return answer;
        }

        private record Position(int number, int offset) {}

        private static String token(int number, int offset) {
            return PREFIX + number + "-" + offset;
        }

        private static Position position(String token) {
            if (!token.matches(PREFIX + "\\d{1,9}-\\d{1,9}")) {
                throw invalid("You specified an invalid pagination token.");
            }
            int dash = token.lastIndexOf('-');
            return new Position(
                    Integer.parseInt(token.substring(PREFIX.length(), dash)),
                    Integer.parseInt(token.substring(dash + 1)));
        }

        private static ServiceError invalid(String message) {
            return new ServiceError(400, "InvalidInputException", message);
        }
    }
}
