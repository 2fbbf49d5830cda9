package dev.muster.emulator.organizations;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.emulator.Estate;
import dev.muster.emulator.Governance;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.JsonProtocol;
import dev.muster.emulator.server.Principal;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.server.ServiceError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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

    /** Any member may ask what the organization is; only administrators may look into it. */
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
}
