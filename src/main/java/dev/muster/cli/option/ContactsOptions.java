package dev.muster.cli.option;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.Selection;
import dev.muster.contacts.check.ContactCheck;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that select contacts and their presentation. */
public final class ContactsOptions {
    private static final Set<String> STATES =
            Set.of("ACTIVE", "SUSPENDED", "PENDING_ACTIVATION", "PENDING_CLOSURE", "CLOSED");

    @Option(
            names = "--states",
            paramLabel = "STATE",
            split = ",",
            description = "only accounts in these states, such as ACTIVE,SUSPENDED (default: all)")
    List<String> states = List.of();

    @Option(names = "--accounts", paramLabel = "ID", split = ",", description = "only these accounts")
    List<String> accounts = List.of();

    @Option(
            names = "--ou",
            paramLabel = "ID",
            split = ",",
            description = "only accounts in these organizational units and the units below them")
    List<String> units = List.of();

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            split = ",",
            description = "only accounts with this tag; several must all be there")
    List<String> tags = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "jsonl, json, csv, table or html (default: jsonl; with --missing: table; html if FILE ends in .html)")
    ContactsFormat format;

    @Option(names = "--pivot", fallbackValue = "true", description = "one row an account")
    boolean pivot;

    @Option(names = "--full", fallbackValue = "true", description = "with account name, name, title and phone")
    boolean full;

    @Option(
            names = "--primary",
            fallbackValue = "true",
            description = "with the account holder's name, phone and address, as PRIMARY")
    boolean primary;

    @Option(
            names = "--sort",
            fallbackValue = "true",
            description = "in order of account and type, when all are known; otherwise as they come")
    boolean sort;

    @Option(
            names = "--redact",
            fallbackValue = "true",
            description = "mask local parts of addresses, names, phones and postal addresses")
    public boolean redact;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "file that is replaced by the contacts at the end of the run (default, and -: stdout)")
    Path output;

    @Option(names = "--errors", paramLabel = "FILE", description = "file for what could not be read, as JSON lines")
    Path errors;

    @Option(
            names = "--missing",
            fallbackValue = "true",
            description =
                    "show instead which contacts are missing, placeholders, or the root address; exit code 3 if any")
    public boolean missing;

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            split = ",",
            description = "with --missing: show addresses of other domains too")
    List<String> domains = List.of();

    /**
     * Checks what picocli cannot. Options without effect on the run are refused only as arguments: the configuration
     * may set them for other runs.
     *
     * @param arguments of the command
     */
    public void validate(ParseResult arguments) {
        boolean page =
                output().filter(path -> path.toString().endsWith(".html")).isPresent();
        if (page && !arguments.hasMatchedOption("--format")) {
            format = ContactsFormat.HTML;
        }
        if (format == ContactsFormat.HTML && arguments.matchedOptionValue("--pivot", false)) {
            throw wrong("--pivot has no effect on a page, which has a row an account: leave it out");
        }
        states.stream().filter(state -> !STATES.contains(state)).findFirst().ifPresent(state -> {
            throw wrong("--states: " + state + " is no account state; give " + String.join(", ", STATES));
        });
        accounts.stream().filter(id -> !id.matches("[0-9]{12}")).findFirst().ifPresent(id -> {
            throw wrong("--accounts: " + id + " is not an account id of 12 digits");
        });
        units.stream()
                .filter(id -> !id.matches("(ou|r)-[a-z0-9-]+"))
                .findFirst()
                .ifPresent(id -> {
                    throw wrong("--ou: " + id + " is not the id of an organizational unit, such as ou-ab12-34567890");
                });
        tags.stream().filter(tag -> tag.indexOf('=') < 1).findFirst().ifPresent(tag -> {
            throw wrong("--tag: " + tag + " is not KEY=VALUE");
        });
        if (errors != null && isStdout(errors)) {
            throw wrong("--errors is -: stdout is for the contacts, give a file");
        }
        if (!missing && arguments.hasMatchedOption("--domain")) {
            throw wrong("--domain says which addresses --missing accepts: give --missing too");
        }
        if (missing
                && Stream.of("--pivot", "--full", "--primary")
                        .anyMatch(option -> arguments.matchedOptionValue(option, false))) {
            throw wrong("--missing has columns of its own: leave --pivot, --full and --primary out");
        }
    }

    /**
     * True if a misspelled name may be the reason that no account is selected; that none has a given state is an
     * answer.
     */
    public boolean selectsByName() {
        return states.isEmpty() && (!accounts.isEmpty() || !units.isEmpty() || !tags.isEmpty());
    }

    /** The options that select accounts, as on the command line. */
    public String filters() {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        filters.put("--states", states);
        filters.put("--accounts", accounts);
        filters.put("--ou", units);
        filters.put("--tag", tags);
        return filters.entrySet().stream()
                .filter(filter -> !filter.getValue().isEmpty())
                .map(filter -> filter.getKey() + " " + String.join(",", filter.getValue()))
                .collect(joining(" "));
    }

    public Selection selection() {
        Set<ContactType> types = new HashSet<>(ContactType.ALTERNATES);
        if (primary && !missing) {
            types.add(ContactType.PRIMARY);
        }
        Map<String, String> wanted = new HashMap<>();
        tags.forEach(tag -> wanted.put(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1)));
        return new Selection(Set.copyOf(states), Set.copyOf(accounts), units, wanted, types, false);
    }

    public ContactsView view() {
        return new ContactsView(formatOr(ContactsFormat.JSONL), pivot, full, primary, sort, redact);
    }

    public ContactsFormat formatOr(ContactsFormat otherwise) {
        return format == null ? otherwise : format;
    }

    public ContactCheck check() {
        return new ContactCheck(Set.copyOf(domains));
    }

    /** The file for the contacts; empty for stdout. */
    public Optional<Path> output() {
        return Optional.ofNullable(output).filter(path -> !isStdout(path));
    }

    public Optional<Path> errors() {
        return Optional.ofNullable(errors);
    }

    private static boolean isStdout(Path path) {
        return path.toString().equals("-");
    }

    private static UserException wrong(String message) {
        return new UserException(ExitCodes.USAGE, message);
    }
}
