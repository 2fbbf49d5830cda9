package dev.muster.aws;

import static java.util.Objects.requireNonNull;

/**
 * The organization as the caller sees it.
 *
 * @param managementAccount the account whose contacts must be requested without an AccountId, and only by itself
 * @param caller the account whose credentials are used
 */
public record OrganizationIdentity(String id, String managementAccount, String caller) {
    public OrganizationIdentity {
        requireNonNull(id, "id is null");
        requireNonNull(managementAccount, "managementAccount is null");
        requireNonNull(caller, "caller is null");
    }

    /** True if Account Management expects calls about this account without its id. */
    public boolean standalone(String accountId) {
        return accountId.equals(managementAccount) && caller.equals(managementAccount);
    }
}
