package dev.muster.emulator.organizations;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The organizational units of every estate: Workloads with Production and Testing in it, and Suspended. The management
 * account is in the root; what is not active is in Suspended; of the others, by their place in the estate, half are in
 * Production, a quarter in Testing, and a quarter in Workloads itself.
 */
public final class UnitTree {
    public static final String ROOT = "r-prac";
    public static final String WORKLOADS = "ou-prac-workload";
    public static final String PRODUCTION = "ou-prac-producti";
    public static final String TESTING = "ou-prac-testing0";
    public static final String SUSPENDED = "ou-prac-suspende";

    /** A unit; the root is one too. */
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
}
