package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An account of an estate.
 *
 * @param id twelve digits
 * @param email of the root user
 * @param state {@code ACTIVE}, {@code SUSPENDED}, {@code PENDING_ACTIVATION}, {@code PENDING_CLOSURE} or {@code CLOSED}
 * @param roles names of roles that the management account may assume
 */
public record PracticeAccount(
        String id,
        String name,
        String email,
        String state,
        Instant joined,
        Set<String> roles,
        List<PracticeBucket> buckets) {
    private static final Set<String> ROLES = Set.of("OrganizationAccountAccessRole");
    private static final Instant JOINED = Instant.parse("2018-11-05T08:00:00Z");

    public PracticeAccount {
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("an account id has twelve digits: " + id);
        }
        requireNonNull(name, "name is null");
        requireNonNull(email, "email is null");
        requireNonNull(state, "state is null");
        requireNonNull(joined, "joined is null");
        roles = Set.copyOf(roles);
        buckets = List.copyOf(buckets);
    }

    /** An active account with the usual role. */
    public static PracticeAccount of(String id, String name, PracticeBucket... buckets) {
        String email = "aws-" + name + "@example.org";
        return new PracticeAccount(id, name, email, "ACTIVE", JOINED, ROLES, List.of(buckets));
    }

    public PracticeAccount inState(String other) {
        return new PracticeAccount(id, name, email, other, joined, roles, buckets);
    }

    public PracticeAccount withRoles(String... names) {
        return new PracticeAccount(id, name, email, state, joined, Set.of(names), buckets);
    }

    /** The access key id of its user, by which the cloud tells accounts apart. */
    public String accessKeyId() {
        return "AKIA" + id + "USER";
    }

    /** The secret for {@link #accessKeyId()}; the cloud does not verify signatures. */
    public String secretAccessKey() {
        return "practice-secret-of-" + id;
    }
}
