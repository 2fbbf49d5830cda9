package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.ListAccountsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.ListOrganizationalUnitsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;
import software.amazon.awssdk.services.organizations.model.Tag;

/**
 * Blocking calls to <a href="https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html">AWS
 * Organizations</a>; they throw the SDK's exceptions, and a {@link TaskException} if an answer lacks its subject.
 */
public final class Organizations {
    private final AwsClients clients;

    public Organizations(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients is null");
    }

    /**
     * A page of a list; only a missing token means that it is the last.
     *
     * @param nameless descriptions of entries without an id, about which nothing can be requested
     * @param nextToken empty text if there must be more, but the service does not say where
     */
    public record Page<E>(List<E> items, List<String> nameless, Optional<String> nextToken) {
        public Page {
            items = List.copyOf(items);
            nameless = List.copyOf(nameless);
            requireNonNull(nextToken, "nextToken is null");
        }

        private int size() {
            return items.size() + nameless.size();
        }
    }

    /** Greatest number of entries in a page of accounts or of units. */
    private static final int FULL_PAGE = 20;

    /**
     * The organization that the caller's account belongs to.
     *
     * @throws TaskException if it has only consolidated billing, with which contacts of member accounts cannot be read
     */
    public OrganizationIdentity describe() {
        Organization organization = client().describeOrganization().organization();
        require(organization != null, "DescribeOrganization", "Organization");
        require(organization.id() != null, "DescribeOrganization", "Id");
        require(organization.masterAccountId() != null, "DescribeOrganization", "MasterAccountId");
        if (organization.featureSet() == OrganizationFeatureSet.CONSOLIDATED_BILLING) {
            throw new TaskException(new Failure(
                    Failure.Kind.UNFIT,
                    "AllFeaturesNeeded",
                    "organization " + organization.id() + " has only consolidated billing, and AWS lets contacts be"
                            + " managed only with all features: enable them with aws organizations"
                            + " enable-all-features, from account " + organization.masterAccountId()));
        }
        String caller = clients.sts(clients.home()).getCallerIdentity().account();
        require(caller != null, "GetCallerIdentity", "Account");
        return new OrganizationIdentity(organization.id(), organization.masterAccountId(), caller);
    }

    public Page<MemberAccount> listAccounts(Optional<String> token) {
        return checked(most -> {
            ListAccountsResponse response = client().listAccounts(
                            request -> request.nextToken(token.orElse(null)).maxResults(most));
            return accounts(
                    ResponseValidator.list(response.hasAccounts(), response.accounts(), "Accounts"),
                    response.nextToken());
        });
    }

    public Page<MemberAccount> listAccountsIn(String parent, Optional<String> token) {
        return checked(most -> {
            ListAccountsForParentResponse response = client().listAccountsForParent(request ->
                    request.parentId(parent).nextToken(token.orElse(null)).maxResults(most));
            return accounts(
                    ResponseValidator.list(response.hasAccounts(), response.accounts(), "Accounts"),
                    response.nextToken());
        });
    }

    /** Ids of the units directly in a unit or root. */
    public Page<String> listUnitsIn(String parent, Optional<String> token) {
        return checked(most -> {
            ListOrganizationalUnitsForParentResponse response = client().listOrganizationalUnitsForParent(request ->
                    request.parentId(parent).nextToken(token.orElse(null)).maxResults(most));
            List<OrganizationalUnit> units = ResponseValidator.list(
                    response.hasOrganizationalUnits(), response.organizationalUnits(), "OrganizationalUnits");
            return page(
                    units,
                    OrganizationalUnit::id,
                    OrganizationalUnit::name,
                    OrganizationalUnit::id,
                    response.nextToken());
        });
    }

    /**
     * A page that is believed to be the last if it says so, unless it is full. Such a page is requested once more with one
     * entry less: a server that has more entries must name a token then. One that shows as many as before has sent
     * everything; one that shows fewer and again says that there are no more contradicts itself.
     *
     * @param request sends a request for at most so many entries; null for the service's own limit
     */
    private static <E> Page<E> checked(Function<Integer, Page<E>> request) {
        Page<E> page = request.apply(null);
        if (page.nextToken().isPresent() || page.size() != FULL_PAGE) {
            return page;
        }
        Page<E> less = request.apply(FULL_PAGE - 1);
        if (less.nextToken().isPresent()) {
            return less;
        }
        return less.size() >= page.size() ? page : new Page<>(page.items(), page.nameless(), Optional.of(""));
    }

    public MemberAccount describeAccount(String accountId) {
        Account account = client().describeAccount(request -> request.accountId(accountId))
                .account();
        require(account != null, "DescribeAccount " + accountId, "Account");
        require(accountId.equals(account.id()), "DescribeAccount " + accountId, "this Id");
        return member(account);
    }

    /** All tags of an account: at most 50, and so rarely more than one request. A tag without a key is left out. */
    public Map<String, String> tags(String accountId) {
        Map<String, String> tags = new HashMap<>();
        Set<String> tokens = new HashSet<>();
        Optional<String> token = Optional.empty();
        do {
            String page = token.orElse(null);
            ListTagsForResourceResponse response = client().listTagsForResource(
                            request -> request.resourceId(accountId).nextToken(page));
            ResponseValidator.list(response.hasTags(), response.tags(), "Tags").stream()
                    .filter(tag -> tag != null && tag.key() != null)
                    .forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
            token = next(response.nextToken());
            if (token.isPresent() && !tokens.add(token.get())) {
                throw new TaskException(new Failure(
                        Failure.Kind.INVALID,
                        "NoProgress",
                        "ListTagsForResource of account " + accountId
                                + " failed: the list leads back to where it was"));
            }
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

    private static Page<MemberAccount> accounts(List<Account> accounts, String nextToken) {
        return page(accounts, Account::id, Account::name, Organizations::member, nextToken);
    }

    private static <A, E> Page<E> page(
            List<A> entries, Function<A, String> id, Function<A, String> name, Function<A, E> item, String nextToken) {
        List<E> items = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        for (A entry : entries) {
            String known = entry == null ? null : id.apply(entry);
            if (known != null && !known.isBlank()) {
                items.add(item.apply(entry));
            } else {
                String called = entry == null ? null : name.apply(entry);
                nameless.add(called == null ? "without a name" : "named " + called);
            }
        }
        return new Page<>(items, nameless, next(nextToken));
    }

    private static MemberAccount member(Account account) {
        String state = account.stateAsString() != null ? account.stateAsString() : account.statusAsString();
        return new MemberAccount(
                account.id(),
                account.name() == null ? "" : account.name(),
                Optional.ofNullable(account.email()).filter(email -> !email.isBlank()),
                state == null ? "UNKNOWN" : state);
    }

    private static void require(boolean there, String attempted, String what) {
        if (!there) {
            throw new TaskException(new Failure(
                    Failure.Kind.TRANSIENT, "MalformedAnswer", attempted + " failed: the answer is without " + what));
        }
    }

    /** Some services send an empty token instead of none. */
    private static Optional<String> next(String token) {
        return Optional.ofNullable(token).filter(text -> !text.isEmpty());
    }

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
}
