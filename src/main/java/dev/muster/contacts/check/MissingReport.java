package dev.muster.contacts.check;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.check.ContactCheck.Finding;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.contacts.output.Redaction;
import dev.muster.contacts.output.RowWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The accounts without proper alternate contacts, by account and type. A contact that could not be read is left out, as
 * it is unknown whether it is missing.
 *
 * @param accounts number of accounts checked
 * @param unread number of contacts that could not be read
 */
public record MissingReport(long accounts, long unread, List<Finding> findings) {
    private static final List<String> COLUMNS =
            List.of("account_id", "account_name", "contact_type", "problem", "detail");

    private record Key(String accountId, ContactType type) {}

    public MissingReport {
        findings = List.copyOf(findings);
    }

    /** Checks the contacts of a summary that keeps them. */
    public static MissingReport of(ContactsPartial summary, ContactCheck check) {
        requireNonNull(check, "check is null");
        Map<Key, Contact> present = new HashMap<>();
        summary.contacts().forEach(contact -> present.put(new Key(contact.accountId(), contact.type()), contact));
        Set<Key> unread = new HashSet<>();
        for (ContactType type : ContactType.ALTERNATES) {
            summary.failures().stream()
                    .filter(failure -> failure.subject().equals(type.name()))
                    .forEach(failure -> unread.add(new Key(failure.accountId().orElse(""), type)));
        }
        List<Finding> findings = new ArrayList<>();
        summary.accounts().stream()
                .sorted(Comparator.comparing(MemberAccount::id))
                .forEach(account -> ContactType.ALTERNATES.stream()
                        .filter(type -> present.containsKey(new Key(account.id(), type))
                                || !unread.contains(new Key(account.id(), type)))
                        .forEach(type -> findings.addAll(check.check(
                                account, type, Optional.ofNullable(present.get(new Key(account.id(), type)))))));
        return new MissingReport(summary.accountCount(), summary.failures().size(), findings);
    }

    /** Number of accounts with at least one finding. */
    public long accountsConcerned() {
        return findings.stream()
                .map(finding -> finding.account().id())
                .distinct()
                .count();
    }

    /**
     * Writes the findings; the table ends with a summary line.
     *
     * @param format JSONL writes one finding per line
     * @param redact whether local parts of addresses are masked
     */
    public void write(Appendable out, ContactsFormat format, boolean redact) throws IOException {
        boolean forPeople = format == ContactsFormat.TABLE;
        if (!forPeople || !findings.isEmpty()) {
            List<Map<String, Object>> rows = findings.stream()
                    .map(finding -> row(finding, forPeople, redact))
                    .toList();
            RowWriter.write(out, format, COLUMNS, rows);
        }
        if (forPeople) {
            out.append(findings.isEmpty() ? "" : "\n").append(conclusion()).append('\n');
        }
    }

    private String conclusion() {
        String looked = accounts == 1 ? "1 account" : accounts + " accounts";
        String found = findings.isEmpty()
                ? "no contact is missing in " + looked
                : findings.size() + (findings.size() == 1 ? " finding" : " findings") + " in " + accountsConcerned()
                        + " of " + looked;
        return found + (unread == 0 ? "" : "; " + unread + " could not be read");
    }

    private static Map<String, Object> row(Finding finding, boolean forPeople, boolean redact) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account_id", finding.account().id());
        row.put("account_name", finding.account().name());
        row.put("contact_type", finding.type().name());
        row.put(
                "problem",
                forPeople ? finding.problem().words() : finding.problem().name());
        row.put(
                "detail",
                finding.detail()
                        .map(detail -> redact && detail.contains("@") ? Redaction.email(detail) : detail)
                        .orElse(null));
        return row;
    }
}
