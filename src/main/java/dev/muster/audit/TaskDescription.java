package dev.muster.audit;

import dev.muster.audit.split.KeyRange;
import dev.muster.output.TerminalText;

/** Says in words what a task attempts. */
final class TaskDescription {
    private static final int LONGEST_KEY = 80;

    private TaskDescription() {}

    static String of(AuditTask task) {
        if (task instanceof AuditTask.ListAccounts) {
            return "list the organization's accounts";
        } else if (task instanceof AuditTask.ListBuckets list) {
            return "list the buckets" + (list.account().isEmpty() ? "" : " of account " + list.account());
        } else if (task instanceof AuditTask.ListDirectoryBuckets list) {
            return "list the directory buckets" + (list.account().isEmpty() ? "" : " of account " + list.account());
        } else if (task instanceof AuditTask.ListDirectory list) {
            return "list the keys" + (list.prefix().isEmpty() ? "" : " under " + quoted(list.prefix())) + " of bucket "
                    + list.target().bucket();
        } else if (task instanceof AuditTask.FindRegion find) {
            return "find the region of bucket " + find.target().bucket();
        } else if (task instanceof AuditTask.ListRange list) {
            return "list " + keys(list.range()) + " of bucket " + list.target().bucket();
        } else if (task instanceof AuditTask.ProbePrefix probe) {
            return "list the prefixes of bucket " + probe.target().bucket();
        } else if (task instanceof AuditTask.ListVersions list) {
            return "list the versions of " + keys(list.range()) + " of bucket "
                    + list.target().bucket();
        } else if (task instanceof AuditTask.ListUploads list) {
            return "list the incomplete uploads of bucket " + list.target().bucket();
        } else if (task instanceof AuditTask.SumParts sum) {
            return "list the parts of an incomplete upload of bucket "
                    + sum.target().bucket();
        }
        throw new IllegalArgumentException("no words for a task of " + task.getClass());
    }

    private static String keys(KeyRange range) {
        if (range.equals(KeyRange.ALL)) {
            return "the keys";
        }
        String from = range.after().isEmpty() ? "" : " after " + quoted(range.after());
        String to = range.bounded() ? " up to " + quoted(range.upTo()) : "";
        return "the keys" + from + to;
    }

    /** A key as it may be printed; of a long one its beginning, as a line that nobody reads to its end helps nobody. */
    private static String quoted(String key) {
        String text = TerminalText.escape(key);
        int shown = Math.min(text.codePointCount(0, text.length()), LONGEST_KEY);
        int end = text.offsetByCodePoints(0, shown);
        return '"' + text.substring(0, end) + (end < text.length() ? "...\"" : "\"");
    }
}
