package dev.muster.contacts.check;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.check.ContactCheck.Finding;
import dev.muster.contacts.check.ContactCheck.Problem;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.FailureLines;
import dev.muster.contacts.output.Redaction;
import dev.muster.output.html.TablePage;
import dev.muster.output.html.TablePage.Cell;
import dev.muster.output.html.TablePage.Column;
import dev.muster.output.html.TablePage.Row;
import dev.muster.output.html.TablePage.Table;
import dev.muster.output.html.TablePage.Total;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Page of accounts and their contacts for a browser, on which gaps are marked. */
public final class ContactsPage {
    private static final List<ContactType> TYPES =
            List.of(ContactType.ROOT, ContactType.BILLING, ContactType.OPERATIONS, ContactType.SECURITY);

    private record Place(String account, ContactType type) {}

    private final ContactsPartial summary;
    private final ContactsView view;
    private final MissingReport report;
    private final Map<Place, Contact> contacts = new HashMap<>();
    private final Map<Place, List<Finding>> findings;

    /** @param summary keeps the contacts */
    public ContactsPage(ContactsPartial summary, ContactCheck check, ContactsView view) {
        this.summary = requireNonNull(summary, "summary is null");
        this.view = requireNonNull(view, "view is null");
        this.report = MissingReport.of(summary, check);
        summary.contacts().forEach(contact -> contacts.put(new Place(contact.accountId(), contact.type()), contact));
        this.findings = report.findings().stream()
                .collect(Collectors.groupingBy(
                        finding -> new Place(finding.account().id(), finding.type())));
    }

    public void write(Appendable out) throws IOException {
        List<String> warnings = FailureLines.sentences(summary.failures(), "");
        List<Row> rows = summary.accounts().stream()
                .sorted(Comparator.comparing(MemberAccount::id))
                .map(this::row)
                .toList();
        new TablePage(
                        "Contacts of "
                                + summary.organization()
                                        .map(known -> "organization " + known.id())
                                        .orElse("accounts"),
                        "Accounts that are marked lack a contact, or have one that reaches nobody.",
                        warnings,
                        totals(),
                        null,
                        List.of(new Table("accounts", "Accounts", "accounts", columns(), rows)))
                .write(out);
    }

    private List<Total> totals() {
        List<Total> totals = new ArrayList<>();
        totals.add(new Total("Accounts", count(summary.accountCount()), ""));
        totals.add(new Total("Accounts with gaps", count(report.accountsConcerned()), ""));
        for (Problem problem : Problem.values()) {
            long times = report.findings().stream()
                    .filter(finding -> finding.problem() == problem)
                    .count();
            if (times > 0) {
                totals.add(new Total(heading(problem.words()), count(times), ""));
            }
        }
        if (report.unread() > 0) {
            totals.add(new Total("Could not be read", count(report.unread()), ""));
        }
        return totals;
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(
                List.of(new Column("Account", null), new Column("Name", null), new Column("State", "o")));
        types().forEach(type -> columns.add(new Column(heading(type.name()), null)));
        return columns;
    }

    private List<ContactType> types() {
        return view.primary()
                ? Stream.concat(TYPES.stream(), Stream.of(ContactType.PRIMARY)).toList()
                : TYPES;
    }

    private Row row(MemberAccount account) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.id(account.id()));
        cells.add(Cell.wide(account.name()));
        cells.add(Cell.aside(account.state().toLowerCase(Locale.ROOT)));
        boolean marked = false;
        for (ContactType type : types()) {
            List<Finding> found = findings.getOrDefault(new Place(account.id(), type), List.of());
            marked |= !found.isEmpty();
            cells.add(Cell.wide(text(Optional.ofNullable(contacts.get(new Place(account.id(), type))), found)));
        }
        return new Row(marked, cells);
    }

    /** The contact and its problems; a contact that is neither there nor missing could not be read. */
    private String text(Optional<Contact> contact, List<Finding> found) {
        String problems =
                found.stream().map(finding -> finding.problem().words()).collect(Collectors.joining(", "));
        if (contact.isEmpty()) {
            return problems.isEmpty() ? "–" : problems;
        }
        Contact shown = view.redact() ? Redaction.of(contact.get()) : contact.get();
        boolean whole = view.full() || shown.type() == ContactType.PRIMARY;
        String fields = Stream.concat(
                        shown.emailAddress().stream(),
                        whole
                                ? Stream.of(shown.name(), shown.title(), shown.phone())
                                        .flatMap(Optional::stream)
                                : Stream.empty())
                .collect(Collectors.joining(", "));
        return problems.isEmpty() ? fields : fields + " (" + problems + ")";
    }

    private static String heading(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT)
                + words.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
