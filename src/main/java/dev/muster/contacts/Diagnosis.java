package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.engine.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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

    /**
     * Stops a run for which an operation is refused for every account, as thousands of requests at a few per second would
     * only repeat the same refusal. One success for a member account shows that refusals concern single accounts; one for
     * the caller's own account shows nothing, as that needs no trusted access. Thread-safe.
     */
    public static final class DenialGuard {
        /** Denials that stop a run: enough that a few closed accounts at the head of the list do not. */
        static final int ENOUGH = 24;

        private final Map<String, Integer> denials = new HashMap<>();
        private final Set<String> allowed = new HashSet<>();

        /**
         * Notes a success.
         *
         * @param own true if the operation was about the caller's own account
         */
        public synchronized void succeeded(String operation, boolean own) {
            if (!own) {
                allowed.add(operation);
            }
        }

        /**
         * Judges a failure.
         *
         * @param own true if the operation was about the caller's own account
         * @return the unchanged failure, or one that stops the run
         */
        public synchronized Failure failed(String operation, boolean own, Failure failure) {
            if (own || failure.kind() != Failure.Kind.DENIED || allowed.contains(operation)) {
                return failure;
            }
            return denials.merge(operation, 1, Integer::sum) < ENOUGH
                    ? Diagnosis.deniedSoFar(failure)
                    : Diagnosis.alwaysDenied(failure, operation);
        }
    }
}
