package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.OrganizationIdentity;
import dev.muster.engine.Failure;
import java.util.Optional;
import java.util.Set;

/**
 * Interprets a refusal. One that affects every task makes the node unfit, which stops the run at once with a message
 * that names the remedy; one that concerns a single account stays a failure of its task.
 */
public final class Diagnosis {
    private static final Set<String> NEEDED_TO_BEGIN = Set.of(
            "DescribeOrganization",
            "ListAccounts",
            "ListAccountsForParent",
            "ListOrganizationalUnitsForParent",
            "DescribeAccount",
            "ListTagsForResource");

    private Diagnosis() {}

    /**
     * Interprets the failure of one operation.
     *
     * @param organization the organization, if already known
     */
    public static Failure of(Failure failure, String operation, Optional<OrganizationIdentity> organization) {
        requireNonNull(failure, "failure is null");
        if (failure.code().equals("AWSOrganizationsNotInUseException")) {
            return unfit(
                    failure,
                    "the account of these credentials is in no organization: use credentials of the management account,"
                            + " or of a delegated administrator");
        } else if (failure.kind() != Failure.Kind.DENIED) {
            return failure;
        }
        return NEEDED_TO_BEGIN.contains(operation)
                ? ofOrganizations(failure, operation, organization)
                : ofAccountManagement(failure);
    }

    /** Failure while the operation has not been allowed for any member account: the refusal may concern all. */
    static Failure deniedSoFar(Failure failure) {
        return new Failure(
                failure.kind(),
                failure.code(),
                failure.message() + "; if it is so for every account, see that trusted access for Account Management is"
                        + " enabled");
    }

    /** Failure of a run in which an operation has been refused for every account so far. */
    static Failure alwaysDenied(Failure last, String operation) {
        return unfit(
                last,
                "every " + operation + " of a member account so far was refused: see that trusted access for Account"
                        + " Management is enabled (in the management account: aws organizations"
                        + " enable-aws-service-access --service-principal account.amazonaws.com), allow the IAM action"
                        + " account:" + operation + ", and start again; the last refusal was: " + last.message());
    }

    private static Failure ofOrganizations(
            Failure failure, String operation, Optional<OrganizationIdentity> organization) {
        if (failure.message().contains("not authorized to perform")) {
            return unfit(
                    failure,
                    "the IAM action organizations:" + operation + " is missing: allow it to the identity in: "
                            + failure.message());
        }
        String who = organization
                .map(known -> "account " + known.caller() + " is neither the management account ("
                        + known.managementAccount() + ")")
                .orElse("the account of these credentials is neither the management account");
        String whom = organization.map(OrganizationIdentity::caller).orElse("ID");
        return unfit(
                failure,
                who
                        + " nor a delegated administrator of the organization: use credentials of the management account, or"
                        + " run there: aws organizations register-delegated-administrator --account-id " + whom
                        + " --service-principal account.amazonaws.com");
    }

    private static Failure ofAccountManagement(Failure failure) {
        if (failure.message().contains("trusted access")) {
            return unfit(
                    failure,
                    "trusted access for Account Management is not enabled in this organization: run in the management"
                            + " account: aws organizations enable-aws-service-access --service-principal"
                            + " account.amazonaws.com");
        } else if (failure.message().contains("all features")) {
            return unfit(
                    failure,
                    "the organization does not have all features enabled, which Account Management needs: run in the"
                            + " management account: aws organizations enable-all-features");
        }
        return failure;
    }

    private static Failure unfit(Failure failure, String sentence) {
        return new Failure(Failure.Kind.UNFIT, failure.code(), sentence);
    }
}
