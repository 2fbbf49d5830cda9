package dev.muster.contacts;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.account.model.AlternateContact;
import software.amazon.awssdk.services.account.model.ContactInformation;
import software.amazon.awssdk.services.account.model.ResourceNotFoundException;

/**
 * Blocking calls to <a href="https://docs.aws.amazon.com/accounts/latest/reference/api-reference.html">AWS Account
 * Management</a>; they throw the SDK's exceptions, and a {@link TaskException} if an answer lacks what was requested.
 * The management account must be asked about itself without its id.
 */
public final class ContactCalls {
    private final AwsClients clients;

    public ContactCalls(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients is null");
    }

    /**
     * The account that a call is about.
     *
     * @param standalone true if it is the caller's own and its id must be left out
     */
    public record Target(String accountId, String accountName, boolean standalone) {
        public Target {
            requireNonNull(accountId, "accountId is null");
            requireNonNull(accountName, "accountName is null");
        }

        private String parameter() {
            return standalone ? null : accountId;
        }
    }

    /** One contact; empty if the account has none of this type. */
    public Optional<Contact> read(Target target, ContactType type) {
        try {
            return Optional.of(
                    switch (type) {
                        case ROOT -> primaryEmail(target);
                        case PRIMARY -> contactInformation(target);
                        case BILLING, OPERATIONS, SECURITY -> alternate(target, type);
                    });
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }

    /** Puts an alternate contact, of which AWS requires every field; empty fields are left out. */
    public void put(Target target, Contact contact) {
        client().putAlternateContact(request -> request.accountId(target.parameter())
                .alternateContactType(contact.type().name())
                .emailAddress(contact.emailAddress().orElse(null))
                .name(contact.name().orElse(null))
                .title(contact.title().orElse(null))
                .phoneNumber(contact.phone().orElse(null)));
    }

    /** Deletes an alternate contact; harmless if there is none. */
    public void delete(Target target, ContactType type) {
        try {
            client().deleteAlternateContact(
                            request -> request.accountId(target.parameter()).alternateContactType(type.name()));
        } catch (ResourceNotFoundException none) {
            // Someone else has deleted it before, or this request was sent twice.
        }
    }

    private Contact primaryEmail(Target target) {
        String address = client().getPrimaryEmail(request -> request.accountId(target.accountId()))
                .primaryEmail();
        requireSubject(address, "GetPrimaryEmail", ContactType.ROOT, target, "PrimaryEmail");
        return Contact.root(target.accountId(), target.accountName(), address);
    }

    private Contact alternate(Target target, ContactType type) {
        AlternateContact contact = client().getAlternateContact(
                        request -> request.accountId(target.parameter()).alternateContactType(type.name()))
                .alternateContact();
        requireSubject(contact, "GetAlternateContact", type, target, "AlternateContact");
        String about = contact.alternateContactTypeAsString();
        require(
                about == null || about.equals(type.name()),
                "GetAlternateContact",
                type,
                target,
                "the answer is about " + about);
        return new Contact(
                target.accountId(),
                target.accountName(),
                type,
                Optional.ofNullable(contact.emailAddress()),
                Optional.ofNullable(contact.name()),
                Optional.ofNullable(contact.title()),
                Optional.ofNullable(contact.phoneNumber()),
                Map.of());
    }

    private Contact contactInformation(Target target) {
        ContactInformation information = client().getContactInformation(
                        request -> request.accountId(target.parameter()))
                .contactInformation();
        requireSubject(information, "GetContactInformation", ContactType.PRIMARY, target, "ContactInformation");
        return new Contact(
                target.accountId(),
                target.accountName(),
                ContactType.PRIMARY,
                Optional.empty(),
                Optional.ofNullable(information.fullName()),
                Optional.empty(),
                Optional.ofNullable(information.phoneNumber()),
                address(information));
    }

    private static Map<String, String> address(ContactInformation information) {
        Map<String, String> address = new LinkedHashMap<>();
        address.put("company_name", information.companyName());
        address.put("address_line_1", information.addressLine1());
        address.put("address_line_2", information.addressLine2());
        address.put("address_line_3", information.addressLine3());
        address.put("city", information.city());
        address.put("district_or_county", information.districtOrCounty());
        address.put("state_or_region", information.stateOrRegion());
        address.put("postal_code", information.postalCode());
        address.put("country_code", information.countryCode());
        address.put("website_url", information.websiteUrl());
        address.values().removeIf(part -> part == null);
        return address;
    }

    /** An answer that says nothing at all may have been cut short; it is requested again. */
    private static void requireSubject(Object subject, String operation, ContactType type, Target target, String name) {
        if (subject == null) {
            throw new TaskException(new Failure(
                    Failure.Kind.TRANSIENT,
                    "MalformedAnswer",
                    operation + " " + type + " of account " + target.accountId() + " failed: the answer is without "
                            + name));
        }
    }

    private static void require(boolean holds, String operation, ContactType type, Target target, String otherwise) {
        if (!holds) {
            throw new TaskException(new Failure(
                    Failure.Kind.INVALID,
                    "MalformedAnswer",
                    operation + " " + type + " of account " + target.accountId() + " failed: " + otherwise));
        }
    }

    private AccountClient client() {
        return clients.account(clients.home());
    }
}
