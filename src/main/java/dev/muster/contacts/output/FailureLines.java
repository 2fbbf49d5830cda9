package dev.muster.contacts.output;

import dev.muster.contacts.ContactFailure;
import dev.muster.output.TerminalText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Failures for {@code --errors} as JSON lines, and for stderr as sentences. */
public final class FailureLines {
    /** Number of accounts named among those that failed for the same cause. */
    private static final int NAMED = 3;

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

    /**
     * Sentences for all failures, one per cause: failures with the same cause differ only in account and type.
     *
     * @param rest says where to find those that are not named; may be empty
     */
    public static List<String> sentences(List<ContactFailure> failures, String rest) {
        Map<String, List<ContactFailure>> byCause = new LinkedHashMap<>();
        failures.forEach(failure -> byCause.computeIfAbsent(cause(failure), cause -> new ArrayList<>())
                .add(failure));
        List<String> sentences = new ArrayList<>();
        for (List<ContactFailure> same : byCause.values()) {
            if (same.size() == 1) {
                sentences.add(sentence(same.get(0)));
            } else {
                sentences.add(sentence(same.get(0)) + "; and " + (same.size() - 1) + " more of this cause"
                        + accounts(same) + rest);
            }
        }
        return sentences;
    }

    private static String accounts(List<ContactFailure> failures) {
        List<String> ids = failures.stream()
                .flatMap(failure -> failure.accountId().stream())
                .distinct()
                .toList();
        return ids.isEmpty()
                ? ""
                : ", in " + (ids.size() == 1 ? "account " : "accounts ")
                        + String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())))
                        + (ids.size() > NAMED ? " and " + (ids.size() - NAMED) + " more" : "");
    }

    private static String cause(ContactFailure failure) {
        String message = failure.message().replace(failure.subject(), "");
        return failure.code() + " "
                + failure.accountId().map(id -> message.replace(id, "")).orElse(message);
    }

    /** One line: the request, the account, and the reason of the failure. */
    private static String sentence(ContactFailure failure) {
        String account = failure.accountId().map(id -> " of account " + id).orElse("");
        boolean saysWhat = failure.message().contains(" failed: ");
        return TerminalText.escape(
                saysWhat ? failure.message() : failure.subject() + account + ": " + failure.message());
    }
}
