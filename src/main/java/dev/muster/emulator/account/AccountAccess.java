package dev.muster.emulator.account;

import dev.muster.emulator.Estate;
import dev.muster.emulator.Governance;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.server.Principal;
import dev.muster.emulator.server.ServiceError;
import java.util.Optional;

/** Access of callers to accounts, with the words in which Account Management refuses the rest. */
final class AccountAccess {
    private final Estate estate;
    private final Governance governance;

    AccountAccess(Estate estate, Governance governance) {
        this.estate = estate;
        this.governance = governance;
    }

    /**
     * The account that a call is about.
     *
     * @param accountId the request's AccountId; without it the call is about the caller's own account
     */
    PracticeAccount target(Principal caller, String operation, Optional<String> accountId) {
        String action = "account:" + operation;
        if (governance.denies(action)) {
            String message = "User: " + caller.arn() + " is not authorized to perform: " + action
                    + " because no identity-based policy allows the " + action + " action";
            throw new ServiceError(403, "AccessDeniedException", message);
        }
        if (accountId.isEmpty()) {
            return caller.account();
        }
        requireMayName(caller, action, accountId.get());
        return estate.accounts().stream()
                .filter(account -> account.id().equals(accountId.get()))
                .findFirst()
                .orElseThrow(() ->
                        denied(caller, action, "The specified account is not a member account of your organization."));
    }

    private void requireMayName(Principal caller, String action, String accountId) {
        String own = caller.account().id();
        if (!own.equals(estate.management().id()) && !governance.isDelegated(own)) {
            throw denied(
                    caller,
                    action,
                    "Only the management account or a delegated administrator can specify an account ID.");
        } else if (!governance.allFeatures()) {
            throw denied(caller, action, "Your organization must have all features enabled.");
        } else if (!governance.trustedAccess()) {
            throw denied(
                    caller, action, "Your organization must first enable trusted access with AWS Account Management.");
        } else if (accountId.equals(estate.management().id())) {
            throw denied(
                    caller,
                    action,
                    "The management account can only be managed using the standalone context from the management"
                            + " account.");
        }
    }

    private static ServiceError denied(Principal caller, String action, String reason) {
        String message = "User: " + caller.arn() + " is not authorized to perform: " + action + " (" + reason + ")";
        return new ServiceError(403, "AccessDeniedException", message);
    }
}
