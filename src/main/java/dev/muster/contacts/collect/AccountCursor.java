package dev.muster.contacts.collect;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.MemberAccount;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Position in the list of all accounts. It remembers what it has seen, so that an account that is listed twice counts
 * once, even after a resumption, and a circular list ends.
 *
 * @param token the token of the next page; empty for the first
 * @param usedTokens tokens of the previous pages
 * @param known ids of all accounts listed
 * @param barren number of pages in a row that had only known accounts
 */
public record AccountCursor(Optional<String> token, Set<String> usedTokens, Set<String> known, int barren) {
    /** Enough for a list that shifts while it is read; a list that keeps serving the same page has ended. */
    private static final int MOST_BARREN = 5;

    /** More, at 20 accounts each, than an organization can have. */
    private static final int MOST_PAGES = 10_000;

    public AccountCursor {
        requireNonNull(token, "token is null");
        usedTokens = Set.copyOf(usedTokens);
        known = Set.copyOf(known);
    }

    static AccountCursor first() {
        return new AccountCursor(Optional.empty(), Set.of(), Set.of(), 0);
    }

    /** The accounts of a page that have not been listed before, each once. */
    List<MemberAccount> unknown(List<MemberAccount> page) {
        Set<String> seen = new HashSet<>(known);
        return page.stream().filter(account -> seen.add(account.id())).toList();
    }

    /** True if a page that promises more has only known accounts. */
    boolean repeats(List<MemberAccount> page, Optional<String> next) {
        return next.isPresent() && !page.isEmpty() && unknown(page).isEmpty();
    }

    /** True if the list leads back to an earlier page, or nowhere. */
    boolean circular(List<MemberAccount> page, Optional<String> next) {
        return next.isPresent()
                && (next.equals(token)
                        || usedTokens.contains(next.get())
                        || usedTokens.size() >= MOST_PAGES
                        || (repeats(page, next) && barren + 1 >= MOST_BARREN));
    }

    /** The position after a page; empty at the end, which a circular list also has. */
    Optional<AccountCursor> after(List<MemberAccount> page, Optional<String> next) {
        if (next.isEmpty() || circular(page, next)) {
            return Optional.empty();
        }
        Set<String> tokens = new HashSet<>(usedTokens);
        token.ifPresent(tokens::add);
        Set<String> accounts = new HashSet<>(known);
        page.forEach(account -> accounts.add(account.id()));
        return Optional.of(new AccountCursor(next, tokens, accounts, repeats(page, next) ? barren + 1 : 0));
    }
}
