package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An account of the organization.
 *
 * @param id twelve digits
 * @param email the root user's address; empty if Organizations does not tell it
 * @param state {@code ACTIVE}, {@code SUSPENDED}, {@code PENDING_ACTIVATION}, {@code PENDING_CLOSURE} or {@code CLOSED}
 */
public record MemberAccount(String id, String name, Optional<String> email, String state) {
    public MemberAccount {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(email, "email is null");
        requireNonNull(state, "state is null");
    }
}
