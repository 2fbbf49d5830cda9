package dev.muster.emulator.organizations;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The organizational units of every estate: Workloads with Production and Testing in it, and Suspended. The management
 * account is in the root and inactive accounts are in Suspended; of the others, by their position in the estate, half
 * are in Production, a quarter in Testing, and a quarter in Workloads itself.
 */
public final class UnitTree {
    public static final String ROOT = "r-prac";
    public static final String WORKLOADS = "ou-prac-workload";
    public static final String PRODUCTION = "ou-prac-producti";
    public static final String TESTING = "ou-prac-testing0";
    public static final String SUSPENDED = "ou-prac-suspende";

    /** A unit, or the root. */
    record Unit(String id, String name, Optional<String> parent) {}

    private static final List<Unit> UNITS = List.of(
            new Unit(ROOT, "Root", Optional.empty()),
            new Unit(WORKLOADS, "Workloads", Optional.of(ROOT)),
            new Unit(SUSPENDED, "Suspended", Optional.of(ROOT)),
            new Unit(PRODUCTION, "Production", Optional.of(WORKLOADS)),
            new Unit(TESTING, "Testing", Optional.of(WORKLOADS)));

    private final Map<String, String> unitOfAccount = new LinkedHashMap<>();

    UnitTree(Estate estate) {
        int place = 0;
        for (PracticeAccount account : estate.accounts()) {
            unitOfAccount.put(account.id(), unit(account, place++));
        }
    }

    Optional<Unit> find(String id) {
        return UNITS.stream().filter(unit -> unit.id().equals(id)).findFirst();
    }

    List<Unit> unitsIn(String parent) {
        return UNITS.stream()
                .filter(unit -> unit.parent().equals(Optional.of(parent)))
                .toList();
    }

    /** Parent of an account or a unit; empty if there is no such child. */
    Optional<String> parentOf(String child) {
        return Optional.ofNullable(unitOfAccount.get(child))
                .or(() -> find(child).flatMap(Unit::parent));
    }

    boolean contains(String unit, String accountId) {
        return unit.equals(unitOfAccount.get(accountId));
    }

    private static String unit(PracticeAccount account, int place) {
        if (place == 0) {
            return ROOT;
        } else if (!account.state().equals("ACTIVE")) {
            return SUSPENDED;
        }
        return switch (place % 4) {
            case 0 -> WORKLOADS;
            case 3 -> TESTING;
            default -> PRODUCTION;
        };
    }

    /** Accounts and units as the API describes them. */
    static final class OrganizationDocuments {
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

        /** Value of the older field, which has fewer states. */
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
}
