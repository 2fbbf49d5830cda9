package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.MemberAccount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Position in a walk through organizational units. It goes request by request, and remembers what it has seen, so that
 * units given twice or nested, and an account that is moved meanwhile, count once, also after a resumption.
 *
 * @param units known unfinished units, of which the first is under way; not empty
 * @param inAccounts whether its accounts are listed; otherwise its child units
 * @param token the token of the next page of the current list
 * @param usedTokens tokens of the previous pages of this list
 * @param knownUnits all units that are or were in {@code units}
 * @param knownAccounts ids of all accounts listed
 */
public record OrgUnitCursor(
        List<String> units,
        boolean inAccounts,
        Optional<String> token,
        Set<String> usedTokens,
        Set<String> knownUnits,
        Set<String> knownAccounts) {
    /** More pages than any list of AWS has. */
    private static final int MOST_PAGES = 10_000;

    public OrgUnitCursor {
        units = List.copyOf(units);
        if (units.isEmpty()) {
            throw new IllegalArgumentException("a walk without units is over");
        }
        requireNonNull(token, "token is null");
        usedTokens = Set.copyOf(usedTokens);
        knownUnits = Set.copyOf(knownUnits);
        knownAccounts = Set.copyOf(knownAccounts);
    }

    /** A walk that begins with these units. */
    public static OrgUnitCursor from(List<String> units) {
        Set<String> distinct = new LinkedHashSet<>(units);
        return new OrgUnitCursor(List.copyOf(distinct), true, Optional.empty(), Set.of(), distinct, Set.of());
    }

    public String unit() {
        return units.get(0);
    }

    /** The accounts of a page that have not been listed before, each once. */
    public List<MemberAccount> unknown(List<MemberAccount> page) {
        Set<String> seen = new HashSet<>(knownAccounts);
        return page.stream().filter(account -> seen.add(account.id())).toList();
    }

    /** True if the current list leads back to an earlier page, or nowhere; it then counts as ended. */
    public boolean circular(Optional<String> next) {
        return next.isPresent()
                && (next.get().isEmpty()
                        || next.equals(token)
                        || usedTokens.contains(next.get())
                        || usedTokens.size() >= MOST_PAGES);
    }

    /** Position after a page of accounts: more of them, or the child units of this unit. */
    public OrgUnitCursor afterAccounts(List<MemberAccount> page, Optional<String> next) {
        Set<String> known = new LinkedHashSet<>(knownAccounts);
        page.forEach(account -> known.add(account.id()));
        Optional<String> more = next.filter(token -> !circular(next));
        return new OrgUnitCursor(units, more.isPresent(), more, tokensBefore(more), knownUnits, known);
    }

    /** Position after a page of units: more of them, or the next unit; empty when the walk is over. */
    public Optional<OrgUnitCursor> afterUnits(List<String> page, Optional<String> next) {
        Set<String> known = new LinkedHashSet<>(knownUnits);
        List<String> remaining = new ArrayList<>(units);
        page.stream().filter(known::add).forEach(remaining::add);
        Optional<String> more = next.filter(token -> !circular(next));
        if (more.isEmpty()) {
            remaining.remove(0);
        }
        return remaining.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new OrgUnitCursor(remaining, more.isEmpty(), more, tokensBefore(more), known, knownAccounts));
    }

    private Set<String> tokensBefore(Optional<String> next) {
        Set<String> used = new HashSet<>();
        if (next.isPresent()) {
            used.addAll(usedTokens);
            token.ifPresent(used::add);
        }
        return used;
    }

    /** Position after a page that was given up: what can be reached without it; empty when the walk is over. */
    public Optional<OrgUnitCursor> afterFailure() {
        return inAccounts
                ? Optional.of(afterAccounts(List.of(), Optional.empty()))
                : afterUnits(List.of(), Optional.empty());
    }
}
