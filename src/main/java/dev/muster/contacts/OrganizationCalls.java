package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ResponseValidator;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.ListOrganizationalUnitsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;
import software.amazon.awssdk.services.organizations.model.Tag;

/**
 * Blocking calls to <a href="https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html">AWS
 * Organizations</a>; they throw the SDK's exceptions.
 */
public final class OrganizationCalls {
    private final AwsClients clients;

    public OrganizationCalls(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients is null");
    }

    /** A page of a list; only a missing token tells that it is the last. */
    public record Page<E>(List<E> items, Optional<String> nextToken) {
        public Page {
            items = List.copyOf(items);
            requireNonNull(nextToken, "nextToken is null");
        }
    }

    /**
     * The organization that the caller's account belongs to.
     *
     * @throws TaskException if it has only consolidated billing, which keeps contacts of member accounts out of reach
     */
    public OrganizationIdentity describe() {
        DescribeOrganizationResponse response = client().describeOrganization();
        software.amazon.awssdk.services.organizations.model.Organization organization = response.organization();
        if (organization.featureSet() == OrganizationFeatureSet.CONSOLIDATED_BILLING) {
            throw new TaskException(new Failure(
                    Failure.Kind.UNFIT,
                    "AllFeaturesNeeded",
                    "organization " + organization.id() + " has only consolidated billing, and AWS lets contacts be"
                            + " managed only with all features: enable them with aws organizations"
                            + " enable-all-features, from account " + organization.masterAccountId()));
        }
        String caller = clients.sts(clients.home()).getCallerIdentity().account();
        return new OrganizationIdentity(organization.id(), organization.masterAccountId(), caller);
    }

    public Page<MemberAccount> listAccounts(Optional<String> token) {
        ListAccountsResponse response = client().listAccounts(request -> request.nextToken(token.orElse(null)));
        return new Page<>(
                members(ResponseValidator.list(response.hasAccounts(), response.accounts(), "Accounts")),
                next(response.nextToken()));
    }

    public Page<MemberAccount> listAccountsIn(String parent, Optional<String> token) {
        ListAccountsForParentResponse response = client().listAccountsForParent(
                        request -> request.parentId(parent).nextToken(token.orElse(null)));
        return new Page<>(
                members(ResponseValidator.list(response.hasAccounts(), response.accounts(), "Accounts")),
                next(response.nextToken()));
    }

    /** Ids of the units directly in a unit or root. */
    public Page<String> listUnitsIn(String parent, Optional<String> token) {
        ListOrganizationalUnitsForParentResponse response = client().listOrganizationalUnitsForParent(
                        request -> request.parentId(parent).nextToken(token.orElse(null)));
        List<String> ids =
                ResponseValidator.list(
                                response.hasOrganizationalUnits(),
                                response.organizationalUnits(),
                                "OrganizationalUnits")
                        .stream()
                        .map(OrganizationalUnit::id)
                        .toList();
        return new Page<>(ids, next(response.nextToken()));
    }

    public MemberAccount describeAccount(String accountId) {
        return member(client().describeAccount(request -> request.accountId(accountId))
                .account());
    }

    /** All tags of an account: at most 50, and so rarely more than one request. */
    public Map<String, String> tags(String accountId) {
        Map<String, String> tags = new HashMap<>();
        Optional<String> token = Optional.empty();
        do {
            String page = token.orElse(null);
            ListTagsForResourceResponse response = client().listTagsForResource(
                            request -> request.resourceId(accountId).nextToken(page));
            ResponseValidator.list(response.hasTags(), response.tags(), "Tags")
                    .forEach(tag -> tags.put(tag.key(), tag.value()));
            token = next(response.nextToken());
        } while (token.isPresent());
        return tags;
    }

    /** Sets one tag and leaves the others. */
    public void tag(String accountId, String key, String value) {
        client().tagResource(request -> request.resourceId(accountId)
                .tags(Tag.builder().key(key).value(value).build()));
    }

    /** Removes one tag; harmless if it is not there. */
    public void untag(String accountId, String key) {
        client().untagResource(request -> request.resourceId(accountId).tagKeys(key));
    }

    private OrganizationsClient client() {
        return clients.organizations(clients.home());
    }

    private static List<MemberAccount> members(List<Account> accounts) {
        return accounts.stream().map(OrganizationCalls::member).toList();
    }

    private static MemberAccount member(Account account) {
        String state = account.stateAsString() != null ? account.stateAsString() : account.statusAsString();
        return new MemberAccount(
                account.id(),
                account.name() == null ? "" : account.name(),
                Optional.ofNullable(account.email()),
                state == null ? "UNKNOWN" : state);
    }

    /** Some services say an empty token for none. */
    private static Optional<String> next(String token) {
        return Optional.ofNullable(token).filter(text -> !text.isEmpty());
    }
}
