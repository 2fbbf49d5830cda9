package dev.muster.emulator.sts;

import static java.util.Objects.requireNonNull;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.server.Access;
import dev.muster.emulator.server.Access.Authorization;
import dev.muster.emulator.server.Access.Principal;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.QueryProtocol;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GetCallerIdentity and AssumeRole. */
public final class StsService implements Service {
    private static final QueryProtocol PROTOCOL = new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/");
    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws:iam::(\\d{12}):role/(?:.*/)?([^/]+)");

    private final Estate estate;
    private final Access access;

    public StsService(Estate estate, Access access) {
        this.estate = requireNonNull(estate, "estate is null");
        this.access = requireNonNull(access, "access is null");
    }

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public String operation(Call call) {
        return QueryProtocol.parameters(call).getOrDefault("Action", "Unknown");
    }

    /** GetCallerIdentity needs nobody's permission. */
    @Override
    public List<Authorization> authorizations(Call call) {
        return operation(call).equals("AssumeRole")
                ? List.of(new Authorization(
                        "sts:AssumeRole", QueryProtocol.parameters(call).getOrDefault("RoleArn", "*")))
                : List.of();
    }

    @Override
    public CompletionStage<Reply> answer(Call call) {
        String action = operation(call);
        Reply reply =
                switch (action) {
                    case "GetCallerIdentity" -> PROTOCOL.reply(call, action, xml -> identity(call.signer(), xml));
                    case "AssumeRole" -> {
                        Assumed assumed = assume(call.signer(), QueryProtocol.parameters(call));
                        yield PROTOCOL.reply(call, action, assumed::write);
                    }
                    default ->
                        throw new ServiceError(
                                400, "InvalidAction", "Could not find operation " + action + " for version 2011-06-15");
                };
        return CompletableFuture.completedStage(reply);
    }

    @Override
    public Reply refuse(Call call, ServiceError error) {
        return PROTOCOL.refuse(call, error);
    }

    private static void identity(Principal caller, XmlBuffer xml) {
        xml.leaf("Arn", caller.arn())
                .leaf("UserId", caller.uniqueId())
                .leaf("Account", caller.account().id());
    }

    private Assumed assume(Principal caller, Map<String, String> parameters) {
        String arn = QueryProtocol.required(parameters, "RoleArn");
        String session = QueryProtocol.required(parameters, "RoleSessionName");
        Matcher matcher = ROLE_ARN.matcher(arn);
        if (!matcher.matches()) {
            throw new ServiceError(400, "ValidationError", arn + " is invalid");
        }
        Optional<PracticeAccount> target = estate.accounts().stream()
                .filter(account -> account.id().equals(matcher.group(1)))
                .filter(account -> account.state().equals("ACTIVE"))
                .filter(account -> account.roles().contains(matcher.group(2)))
                .filter(account -> mayEnter(caller.account(), account))
                .findFirst();
        if (target.isEmpty()) {
            String message =
                    "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on resource: " + arn;
            throw new ServiceError(403, "AccessDenied", message);
        }
        Access.Temporary keys = access.assume(target.get(), matcher.group(2), session, duration(parameters));
        return new Assumed(target.get(), matcher.group(2), session, keys);
    }

    private boolean mayEnter(PracticeAccount from, PracticeAccount to) {
        return from.equals(to) || from.equals(estate.management());
    }

    private static Duration duration(Map<String, String> parameters) {
        String text = parameters.getOrDefault("DurationSeconds", "3600");
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 900 || Integer.parseInt(text) > 43_200) {
            throw new ServiceError(400, "ValidationError", "DurationSeconds must be from 900 to 43200: " + text);
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private record Assumed(PracticeAccount account, String role, String session, Access.Temporary keys) {
        void write(XmlBuffer xml) {
            xml.open("AssumedRoleUser");
            xml.leaf("Arn", "arn:aws:sts::" + account.id() + ":assumed-role/" + role + "/" + session);
            xml.leaf("AssumedRoleId", "AROA" + account.id() + "ROLE:" + session).close("AssumedRoleUser");
            xml.open("Credentials").leaf("AccessKeyId", keys.accessKeyId());
            xml.leaf("SecretAccessKey", keys.secretAccessKey()).leaf("SessionToken", keys.sessionToken());
            xml.leaf("Expiration", keys.expires().toString()).close("Credentials");
        }
    }
}
