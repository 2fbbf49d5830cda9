package dev.muster.contacts.set;

import dev.muster.contacts.Contact;
import dev.muster.contacts.set.DesiredState.InvalidLine;
import dev.muster.contacts.set.StateDiff.SetPreview;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Text of a preview for people. */
public final class SetReport {
    private SetReport() {}

    /** Writes what would change, what is invalid, and a summary line. */
    public static void write(Appendable out, SetPreview plan) throws IOException {
        if (!plan.changes().isEmpty()) {
            TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT);
            table.row("ACCOUNT ID", "CONTACT TYPE", "CHANGE", "DETAIL");
            for (SetTask change : plan.changes()) {
                table.row(
                        change.accountId(),
                        TerminalText.escape(change.subject()),
                        verb(change),
                        TerminalText.escape(detail(change)));
            }
            table.write(out, "");
        }
        for (InvalidLine line : plan.invalid()) {
            out.append("invalid: ").append(TerminalText.escape(line.sentence())).append('\n');
        }
        out.append(plan.changes().isEmpty() && plan.invalid().isEmpty() ? "" : "\n")
                .append(conclusion(plan))
                .append('\n');
    }

    private static String conclusion(SetPreview plan) {
        return plan.changes().size() + (plan.changes().size() == 1 ? " change, " : " changes, ") + plan.same()
                + " already set, " + plan.invalid().size() + " invalid";
    }

    private static String verb(SetTask change) {
        return change.match(
                put -> verb(put.before().isPresent(), true),
                delete -> verb(true, false),
                tag -> verb(tag.before().isPresent(), tag.after().isPresent()));
    }

    private static String verb(boolean before, boolean after) {
        return !after ? "remove" : before ? "change" : "add";
    }

    private static String detail(SetTask change) {
        return change.match(
                SetReport::detail,
                delete -> delete.before().flatMap(Contact::emailAddress).orElse(""),
                tag -> arrow(tag.before(), tag.after()));
    }

    private static String detail(SetTask.Put put) {
        List<String> parts = new ArrayList<>();
        add(parts, "email_address", put, Contact::emailAddress);
        add(parts, "name", put, Contact::name);
        add(parts, "title", put, Contact::title);
        add(parts, "phone", put, Contact::phone);
        if (parts.isEmpty()) {
            return "put again: what is read now may be stale";
        }
        String filledIn = put.filledIn().isEmpty() ? "" : " (filled in: " + String.join(", ", put.filledIn()) + ")";
        return String.join("; ", parts) + filledIn;
    }

    private static void add(
            List<String> parts, String field, SetTask.Put put, Function<Contact, Optional<String>> value) {
        Optional<String> before = put.before().flatMap(value);
        Optional<String> after = value.apply(put.after());
        if (!Objects.equals(before, after)) {
            parts.add(field + " " + arrow(before, after));
        }
    }

    private static String arrow(Optional<String> before, Optional<String> after) {
        return before.isEmpty() ? after.orElse("") : before.get() + " -> " + after.orElse("nothing");
    }
}
