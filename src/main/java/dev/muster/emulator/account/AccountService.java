package dev.muster.emulator.account;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.emulator.ContactBook;
import dev.muster.emulator.ContactBook.PracticeContact;
import dev.muster.emulator.Estate;
import dev.muster.emulator.Governance;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.RequestQuotas;
import dev.muster.emulator.server.Access.Principal;
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
import java.util.regex.Pattern;

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

    /** Access of callers to accounts, with Account Management's messages for refusals. */
    static final class AccountAccess {
        private final Estate estate;
        private final Governance governance;

        AccountAccess(Estate estate, Governance governance) {
            this.estate = estate;
            this.governance = governance;
        }

        /**
         * The account that a call is about.
         *
         * @param accountId the request's AccountId; without it the call is about the caller's own account
         */
        PracticeAccount target(Principal caller, String operation, Optional<String> accountId) {
            String action = "account:" + operation;
            if (governance.denies(action)) {
                String message = "User: " + caller.arn() + " is not authorized to perform: " + action
                        + " because no identity-based policy allows the " + action + " action";
                throw new ServiceError(403, "AccessDeniedException", message);
            }
            if (accountId.isEmpty()) {
                return caller.account();
            }
            requireMayName(caller, action, accountId.get());
            return estate.accounts().stream()
                    .filter(account -> account.id().equals(accountId.get()))
                    .findFirst()
                    .orElseThrow(() -> denied(
                            caller, action, "The specified account is not a member account of your organization."));
        }

        private void requireMayName(Principal caller, String action, String accountId) {
            String own = caller.account().id();
            if (!own.equals(estate.management().id()) && !governance.isDelegated(own)) {
                throw denied(
                        caller,
                        action,
                        "Only the management account or a delegated administrator can specify an account ID.");
            } else if (!governance.allFeatures()) {
                throw denied(caller, action, "Your organization must have all features enabled.");
            } else if (!governance.trustedAccess()) {
                throw denied(
                        caller,
                        action,
                        "Your organization must first enable trusted access with AWS Account Management.");
            } else if (accountId.equals(estate.management().id())) {
                throw denied(
                        caller,
                        action,
                        "The management account can only be managed using the standalone context from the management"
                                + " account.");
            }
        }

        private static ServiceError denied(Principal caller, String action, String reason) {
            String message = "User: " + caller.arn() + " is not authorized to perform: " + action + " (" + reason + ")";
            return new ServiceError(403, "AccessDeniedException", message);
        }
    }

    /** The REST-JSON protocol as Account Management speaks it: the operation in the path, the error's name in a header. */
    static final class RestJson {
        private static final ObjectMapper JSON = new ObjectMapper();

        private RestJson() {}

        /** Operation of a path: GetAlternateContact for {@code /getAlternateContact}. */
        static String operation(Call call) {
            String name = call.path().substring(call.path().lastIndexOf('/') + 1);
            return name.isEmpty() ? "Unknown" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }

        static Reply reply(Call call, Map<String, ?> value) {
            return reply(call, 200, value);
        }

        static Reply refuse(Call call, ServiceError error) {
            ServiceError named =
                    switch (error.code()) {
                        case "InvalidAccessKeyId", "InvalidToken" -> error.as(403, "UnrecognizedClientException");
                        case "ExpiredToken" -> error.as(403, "ExpiredTokenException");
                        case "AccessDenied" -> error.as(403, "AccessDeniedException");
                        case "SlowDown" -> error.as(429, "TooManyRequestsException");
                        case "InternalError" -> error.as(500, "InternalServerException");
                        default -> error;
                    };
            return reply(call, named.status(), Map.of("message", named.getMessage()))
                    .with("x-amzn-ErrorType", named.code());
        }

        private static Reply reply(Call call, int status, Map<String, ?> value) {
            try {
                return Reply.text(status, "application/json", JSON.writeValueAsString(value))
                        .with("x-amzn-RequestId", call.requestId());
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** GetAlternateContact, PutAlternateContact and DeleteAlternateContact. */
    static final class AlternateContacts {
        private static final Pattern EMAIL = Pattern.compile("\\s*[\\w+=.#|!&-]+@[\\w.-]+\\.\\w+\\s*");
        private static final Pattern PHONE = Pattern.compile("[\\s0-9()+-]+");
        private static final Pattern ANYTHING = Pattern.compile("(?s).+");

        private final ContactBook book;

        AlternateContacts(ContactBook book) {
            this.book = book;
        }

        Map<String, ?> get(PracticeAccount account, JsonNode body) {
            String type = type(body);
            PracticeContact contact = book.find(account.id(), type).orElseThrow(AlternateContacts::none);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("AlternateContactType", type);
            fields.put("EmailAddress", contact.email());
            fields.put("Name", contact.name());
            fields.put("PhoneNumber", contact.phone());
            fields.put("Title", contact.title());
            return Map.of("AlternateContact", fields);
        }

        Map<String, ?> put(PracticeAccount account, JsonNode body) {
            PracticeContact contact = new PracticeContact(
                    text(body, "EmailAddress", 254, EMAIL),
                    text(body, "Name", 64, ANYTHING),
                    text(body, "Title", 50, ANYTHING),
                    text(body, "PhoneNumber", 25, PHONE));
            book.put(account.id(), type(body), contact);
            return Map.of();
        }

        Map<String, ?> delete(PracticeAccount account, JsonNode body) {
            if (!book.remove(account.id(), type(body))) {
                throw none();
            }
            return Map.of();
        }

        private static String type(JsonNode body) {
            String type = body.path("AlternateContactType").asText();
            if (!ContactBook.TYPES.contains(type)) {
                throw invalid("alternateContactType");
            }
            return type;
        }

        private static String text(JsonNode body, String name, int most, Pattern pattern) {
            String value = body.path(name).asText();
            if (value.length() > most || !pattern.matcher(value).matches()) {
                throw invalid(name);
            }
            return value;
        }

        private static ServiceError none() {
            return new ServiceError(
                    404, "ResourceNotFoundException", "No contact of the inputted alternate contact type found.");
        }

        private static ServiceError invalid(String field) {
            return new ServiceError(400, "ValidationException", "The value of " + field + " is not valid.");
        }
    }
}
