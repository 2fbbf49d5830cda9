package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Initial contents of a practice cloud: the accounts of one organization with their buckets.
 *
 * @param accounts at least one; the first is the organization's management account
 */
public record Estate(List<PracticeAccount> accounts) {
    /** Region of a bucket that names no other. */
    public static final String REGION = "us-east-1";

    /** The organization of every estate. */
    public static final String ORGANIZATION_ID = "o-practice01";

    public Estate {
        accounts = List.copyOf(accounts);
        if (accounts.isEmpty()) {
            throw new IllegalArgumentException("an estate has at least one account");
        }
        Set<String> names = new HashSet<>();
        for (PracticeAccount account : accounts) {
            requireNew(names, account.id());
            account.buckets().forEach(bucket -> requireNew(names, bucket.name()));
        }
    }

    public static Estate of(PracticeAccount... accounts) {
        return new Estate(List.of(accounts));
    }

    /** An estate of one account with these buckets. */
    public static Estate of(PracticeBucket... buckets) {
        return of(PracticeAccount.of("111111111111", "main", buckets));
    }

    /** The estate of {@code muster demo}. */
    public static Estate demo() {
        return DemoEstate.create();
    }

    /** The first account: its keys see the whole organization. */
    public PracticeAccount management() {
        return accounts.get(0);
    }

    /**
     * The account with an id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public PracticeAccount account(String id) {
        requireNonNull(id, "id is null");
        return accounts.stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no account " + id));
    }

    private static void requireNew(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("used twice in the estate: " + name);
        }
    }
}
