package dev.muster.emulator.account;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.emulator.ContactBook;
import dev.muster.emulator.Estate;
import dev.muster.emulator.Governance;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.RequestQuotas;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.JsonProtocol;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.server.ServiceError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The contacts of accounts, under the documented request quotas. */
public final class AccountService implements Service {
    private final RequestQuotas quotas;
    private final AccountAccess access;
    private final Map<String, Operation> operations;

    /** One operation of the API; the map is the answer. */
    private interface Operation {
        Map<String, ?> on(PracticeAccount account, JsonNode body);
    }

    public AccountService(Estate estate, ContactBook book, Governance governance, RequestQuotas quotas) {
        this.quotas = requireNonNull(quotas, "quotas is null");
        this.access = new AccountAccess(estate, governance);
        AlternateContacts alternates = new AlternateContacts(book);
        this.operations = Map.of(
                "GetAlternateContact", alternates::get,
                "PutAlternateContact", alternates::put,
                "DeleteAlternateContact", alternates::delete,
                "GetContactInformation", (account, body) -> contactInformation(account),
                "GetPrimaryEmail", (account, body) -> Map.of("PrimaryEmail", account.email()));
    }

    @Override
    public String name() {
        return "account";
    }

    @Override
    public String operation(Call call) {
        return RestJson.operation(call);
    }

    @Override
    public CompletionStage<Reply> answer(Call call) {
        String name = operation(call);
        Operation operation = operations.get(name);
        if (operation == null) {
            throw new ServiceError(404, "UnknownOperationException", "The practice cloud has no operation " + name);
        }
        if (!quotas.allow(call.signer().account().id(), name, System.nanoTime())) {
            throw new ServiceError(429, "TooManyRequestsException", "Rate exceeded");
        }
        JsonNode body = JsonProtocol.body(call);
        Optional<String> accountId = Optional.ofNullable(body.get("AccountId")).map(JsonNode::asText);
        PracticeAccount account = access.target(call.signer(), name, accountId);
        return CompletableFuture.completedStage(RestJson.reply(call, operation.on(account, body)));
    }

    @Override
    public Reply refuse(Call call, ServiceError error) {
        return RestJson.refuse(call, error);
    }

    private static Map<String, ?> contactInformation(PracticeAccount account) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("FullName", "Owner of " + account.name());
        fields.put("CompanyName", "Example Corp");
        fields.put("AddressLine1", "123 Any Street");
        fields.put("City", "Seattle");
        fields.put("StateOrRegion", "WA");
        fields.put("PostalCode", "98101");
        fields.put("CountryCode", "US");
        fields.put("PhoneNumber", "+1 555 0123");
        return Map.of("ContactInformation", fields);
    }
}
