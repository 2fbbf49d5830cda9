package dev.muster.cli.command;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketFilter;
import dev.muster.audit.BucketId;
import dev.muster.audit.stats.OddEntries;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.Console;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.output.Plural;
import dev.muster.output.TerminalText;
import dev.muster.report.AuditReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Completeness of a listing that has come to its end: what is said of it on stderr, and the exit code. */
final class ListingOutcome {
    private final Console console;

    private ListingOutcome(Console console) {
        this.console = console;
    }

    /**
     * Says what is missing, and returns the exit code.
     *
     * @param unmatched patterns of names that matched no bucket
     */
    static int tell(Console console, AuditPartial found, AuditReport report, List<String> unmatched) {
        ListingOutcome outcome = new ListingOutcome(console);
        outcome.tell(found.failures());
        found.buckets().forEach((id, stats) -> outcome.odd(id, stats.tally().odd()));
        unmatched.forEach(pattern ->
                console.line("muster: error: " + BucketFilter.unmatched(pattern) + "; check --include and --exclude"));
        return ExitCodes.of(new RunEnd.Complete(), found(found, report, unmatched));
    }

    private static ExitCodes.Found found(AuditPartial summary, AuditReport report, List<String> unmatched) {
        if (!unmatched.isEmpty()
                && summary.failures().isEmpty()
                && summary.buckets().isEmpty()) {
            return ExitCodes.Found.NO_MATCH;
        } else if (report.nothingRead()) {
            return ExitCodes.Found.NOTHING;
        }
        return report.complete() ? ExitCodes.Found.ALL : ExitCodes.Found.SOME;
    }

    private void odd(BucketId id, OddEntries odd) {
        if (odd.count() > 0) {
            String word = odd.inexact() > 0 ? "incomplete" : "warning";
            String line = "muster: " + word + ": list bucket " + id.bucket() + ": " + odd.sentence();
            console.line(TerminalText.escape(line));
        }
    }

    /** Says each cause once, however many tasks it was met by. */
    private void tell(List<AuditFailure> failures) {
        Map<String, List<AuditFailure>> causes =
                failures.stream().collect(groupingBy(AuditFailure::cause, LinkedHashMap::new, toList()));
        causes.values().forEach(alike -> {
            long more = alike.stream().skip(1).mapToLong(AuditFailure::times).sum();
            String others = more == 0 ? "" : "; so did " + Plural.counted(more, "more task");
            console.line("muster: incomplete: " + alike.get(0).sentence() + others);
        });
    }
}
