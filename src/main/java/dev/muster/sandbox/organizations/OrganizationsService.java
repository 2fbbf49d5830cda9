package dev.muster.sandbox.organizations;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.sandbox.Estate;
import dev.muster.sandbox.PracticeAccount;
import dev.muster.sandbox.server.Call;
import dev.muster.sandbox.server.JsonProtocol;
import dev.muster.sandbox.server.Reply;
import dev.muster.sandbox.server.Service;
import dev.muster.sandbox.server.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeOrganization and ListAccounts. */
public final class OrganizationsService implements Service {
    private static final JsonProtocol PROTOCOL =
            new JsonProtocol("application/x-amz-json-1.1", "TooManyRequestsException");
    private static final Pages PAGES = new Pages(20);

    private final Estate estate;
    private final Map<String, Operation> operations =
            Map.of("DescribeOrganization", body -> describe(), "ListAccounts", this::listAccounts);

    /** One operation of the API; the map is the answer. */
    private interface Operation {
        Map<String, ?> on(JsonNode body);
    }

    public OrganizationsService(Estate estate) {
        this.estate = requireNonNull(estate, "estate is null");
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
        requireMayAsk(call.signer().account(), name);
        return CompletableFuture.completedStage(PROTOCOL.reply(call, operation.on(JsonProtocol.body(call))));
    }

    @Override
    public Reply refuse(Call call, ServiceError error) {
        return PROTOCOL.refuse(call, error);
    }

    /** Any member may ask what the organization is; only the management account may look into it. */
    private void requireMayAsk(PracticeAccount account, String operation) {
        if (!operation.equals("DescribeOrganization") && !account.equals(estate.management())) {
            throw new ServiceError(400, "AccessDeniedException", "You don't have permissions to access this resource.");
        }
    }

    private Map<String, ?> describe() {
        Map<String, Object> organization = new LinkedHashMap<>();
        organization.put("Id", Estate.ORGANIZATION_ID);
        organization.put("Arn", arn("organization/" + Estate.ORGANIZATION_ID));
        organization.put("FeatureSet", "ALL");
        organization.put("MasterAccountArn", accountArn(estate.management()));
        organization.put("MasterAccountId", estate.management().id());
        organization.put("MasterAccountEmail", estate.management().email());
        return Map.of("Organization", organization);
    }

    private Map<String, ?> listAccounts(JsonNode body) {
        Pages.Page<PracticeAccount> page = PAGES.of(estate.accounts(), body);
        List<Map<String, ?>> accounts = page.items().stream().map(this::account).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("Accounts", accounts);
        page.nextToken().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    private Map<String, ?> account(PracticeAccount account) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Id", account.id());
        fields.put("Arn", accountArn(account));
        fields.put("Email", account.email());
        fields.put("Name", account.name());
        fields.put("Status", status(account.state()));
        fields.put("State", account.state());
        fields.put("JoinedMethod", account.equals(estate.management()) ? "INVITED" : "CREATED");
        fields.put("JoinedTimestamp", account.joined().getEpochSecond());
        return fields;
    }

    /** The older field knows fewer states. */
    private static String status(String state) {
        return switch (state) {
            case "CLOSED" -> "SUSPENDED";
            case "PENDING_ACTIVATION" -> "ACTIVE";
            default -> state;
        };
    }

    private String accountArn(PracticeAccount account) {
        return arn("account/" + Estate.ORGANIZATION_ID + "/" + account.id());
    }

    private String arn(String resource) {
        return "arn:aws:organizations::" + estate.management().id() + ":" + resource;
    }
}
