package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Features of an organization, and actions denied to its identities. May be changed at any time, from any thread. */
public final class Governance {
    private final Set<String> delegated = ConcurrentHashMap.newKeySet();
    private final Set<String> deniedActions = ConcurrentHashMap.newKeySet();
    private volatile boolean allFeatures = true;
    private volatile boolean trustedAccess = true;

    Governance() {}

    /** Switches between all features and consolidated billing only. Initially all features are on. */
    public void allFeatures(boolean on) {
        allFeatures = on;
    }

    public boolean allFeatures() {
        return allFeatures;
    }

    /** Switches trusted access for Account Management, which is initially on. */
    public void trustedAccess(boolean on) {
        trustedAccess = on;
    }

    public boolean trustedAccess() {
        return trustedAccess;
    }

    /** Makes an account a delegated administrator of Account Management. */
    public void delegate(String accountId) {
        delegated.add(requireNonNull(accountId, "accountId is null"));
    }

    public boolean isDelegated(String accountId) {
        return delegated.contains(accountId);
    }

    /**
     * Denies an IAM action to all identities.
     *
     * @param action such as {@code account:GetAlternateContact}
     */
    public void deny(String action) {
        deniedActions.add(requireNonNull(action, "action is null"));
    }

    public boolean denies(String action) {
        return deniedActions.contains(action);
    }
}
