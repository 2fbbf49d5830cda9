package dev.muster.audit;

import dev.muster.aws.AwsClients;
import java.util.Optional;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** Credentials of an account: the run's own, or those of a role in the account. */
final class AccountCredentials {
    private final AwsClients clients;
    private final String caller;
    private final Optional<String> roleName;

    AccountCredentials(AwsClients clients, AuditScope scope) {
        this.clients = clients;
        this.caller = scope.caller();
        this.roleName = scope.roleName();
    }

    IdentityProvider<AwsCredentialsIdentity> of(String account) {
        return assumed(account) ? clients.role(roleArn(account)) : clients.base();
    }

    /**
     * Tells whether an account, empty for the run's own, is entered by a role, which exists in the organization's other
     * accounts only.
     */
    boolean assumed(String account) {
        return roleName.isPresent() && !account.isEmpty() && !account.equals(caller);
    }

    private String roleArn(String account) {
        String partition = clients.home().metadata() == null
                ? "aws"
                : clients.home().metadata().partition().id();
        return "arn:" + partition + ":iam::" + account + ":role/" + roleName.orElseThrow();
    }
}
