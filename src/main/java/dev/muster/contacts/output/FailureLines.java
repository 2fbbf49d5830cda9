package dev.muster.contacts.output;

import dev.muster.contacts.ContactFailure;
import dev.muster.output.TerminalText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Failures as lines: JSON for {@code --errors}, sentences for stderr. */
public final class FailureLines {
    private FailureLines() {}

    public static void writeJson(Appendable out, List<ContactFailure> failures) throws IOException {
        for (ContactFailure failure : failures) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("account_id", failure.accountId().orElse(null));
            line.put("contact_type", failure.subject());
            line.put("error_code", failure.code());
            line.put("message", failure.message());
            RowWriter.jsonLine(out, line);
        }
    }

    /** One line: what was asked for, of which account, and why it failed. */
    public static String sentence(ContactFailure failure) {
        String account = failure.accountId().map(id -> " of account " + id).orElse("");
        boolean saysWhat = failure.message().contains(" failed: ");
        return TerminalText.escape(
                saysWhat ? failure.message() : failure.subject() + account + ": " + failure.message());
    }
}
