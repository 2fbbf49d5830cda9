package dev.muster.contacts.check;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges an account's alternate contacts.
 *
 * @param domains the domains that addresses may have, including subdomains; empty for any
 */
public record ContactCheck(Set<String> domains) {
    public ContactCheck {
        domains = domains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT).replaceFirst("^@", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All findings about one contact. */
    List<Finding> check(MemberAccount account, ContactType type, Optional<Contact> contact) {
        if (contact.isEmpty()) {
            return List.of(new Finding(account, type, Problem.MISSING, Optional.empty()));
        }
        List<Finding> findings = new ArrayList<>();
        List<String> placeholders = placeholders(contact.get());
        if (!placeholders.isEmpty()) {
            findings.add(new Finding(account, type, Problem.PLACEHOLDER, Optional.of(String.join(", ", placeholders))));
        }
        String address = contact.get().emailAddress().orElse("").strip();
        if (!blank(address)) {
            if (account.email().filter(address::equalsIgnoreCase).isPresent()) {
                findings.add(new Finding(account, type, Problem.ROOT_ADDRESS, Optional.of(address)));
            }
            if (!domains.isEmpty() && !allowed(address)) {
                findings.add(new Finding(account, type, Problem.OTHER_DOMAIN, Optional.of(address)));
            }
        }
        return findings;
    }

    private boolean allowed(String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(own -> domain.equals(own) || domain.endsWith("." + own));
    }

    private static List<String> placeholders(Contact contact) {
        List<String> fields = new ArrayList<>();
        addIfBlank(fields, "email_address", contact.emailAddress());
        addIfBlank(fields, "name", contact.name());
        addIfBlank(fields, "title", contact.title());
        addIfBlank(fields, "phone", contact.phone());
        return fields;
    }

    private static void addIfBlank(List<String> fields, String name, Optional<String> value) {
        if (blank(value.orElse(""))) {
            fields.add(name);
        }
    }

    /** True for values of blanks and zeros only, including phone numbers such as {@code 0} and {@code +0 000}. */
    private static boolean blank(String value) {
        return value.codePoints()
                .allMatch(
                        c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '0' || c == '+' || c == '-');
    }

    /** Problem of an alternate contact. */
    public enum Problem {
        /** The account has no such contact. */
        MISSING("no contact"),
        /** A field contains only blanks or zeros, put there because AWS requires every field. */
        PLACEHOLDER("placeholder"),
        /** Its address is the root user's own. */
        ROOT_ADDRESS("root address"),
        /** Its address has a domain other than those requested. */
        OTHER_DOMAIN("other domain");

        private final String words;

        Problem(String words) {
            this.words = words;
        }

        /** Name in tables. */
        public String words() {
            return words;
        }
    }

    /**
     * One problem of one contact.
     *
     * @param detail the fields that contain a placeholder, or the address; empty if there is no contact
     */
    public record Finding(MemberAccount account, ContactType type, Problem problem, Optional<String> detail) {
        public Finding {
            requireNonNull(account, "account is null");
            requireNonNull(type, "type is null");
            requireNonNull(problem, "problem is null");
            requireNonNull(detail, "detail is null");
        }
    }
}
