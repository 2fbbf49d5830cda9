package dev.muster.emulator.organizations;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Accounts and units as the API describes them. */
final class OrganizationDocuments {
    private final Estate estate;

    OrganizationDocuments(Estate estate) {
        this.estate = estate;
    }

    List<Map<String, ?>> accounts(Predicate<PracticeAccount> which) {
        return estate.accounts().stream()
                .filter(which)
                .<Map<String, ?>>map(this::account)
                .toList();
    }

    Map<String, ?> unit(UnitTree.Unit unit) {
        String kind = unit.parent().isEmpty() ? "root/" : "ou/";
        return Map.of(
                "Id", unit.id(), "Name", unit.name(), "Arn", arn(kind + Estate.ORGANIZATION_ID + "/" + unit.id()));
    }

    private Map<String, ?> account(PracticeAccount account) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Id", account.id());
        fields.put("Arn", accountArn(account));
        if (!account.email().isEmpty()) {
            fields.put("Email", account.email());
        }
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

    String accountArn(PracticeAccount account) {
        return arn("account/" + Estate.ORGANIZATION_ID + "/" + account.id());
    }

    String arn(String resource) {
        return "arn:aws:organizations::" + estate.management().id() + ":" + resource;
    }
}
