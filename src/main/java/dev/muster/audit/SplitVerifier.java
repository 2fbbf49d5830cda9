package dev.muster.audit;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Keys;
import dev.muster.engine.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the answers on both sides of a cut. A cut is a key that need not exist, and not every server lists correctly
 * what follows such a key: some skip the next key, some say that nothing follows.
 *
 * <p>The last page before a cut shows the first key behind it, or says that nothing follows; the first page behind the
 * cut must begin with that very key, or be empty. Example: a range is cut at {@code m}. Its last page shows {@code k7,
 * k9, n1, n2}: the left side counts up to {@code k9} and saw that {@code n1} follows. The first page of the right side,
 * asked for after {@code m}, begins with {@code n2}: either {@code n1} was deleted meanwhile, or the server has skipped
 * it. Then a {@link AuditTask.CheckCut} asks on both sides once more.
 *
 * <p>By induction no key is missed if no cut is contradicted: the first range begins without a cut, and each range that
 * was listed from an existing key vouches for the cut at its end.
 *
 * <p>A cut is forgotten when both sides have answered and agree. After a resumption the cuts between two outstanding
 * ranges are known again; at the end of a range whose neighbour had answered before, the check is always made. Where
 * the left side alone had been heard, a checkpoint holds the check as a task.
 */
final class SplitVerifier {
    static final Failure SKIPPED = new Failure(
            Failure.Kind.INVALID,
            "SkippedKeys",
            "the server shows keys there to one request and leaves them out of the next; if it cannot list what follows a"
                    + " key that does not exist, use --workers 1");

    /** Checks of a cut at which the server gives a different answer each time; after that it is not relied on. */
    private static final int MOST_CHECKS = 5;

    private static final class Cut {
        private String lastBefore;
        private String left;
        private KeyRange silent;
        private String right;
        private boolean listedAgain;
        private int checks;

        /** True if the answer after the cut may have come before the run was resumed. */
        private boolean resumed;
    }

    /**
     * A cut whose sides contradict each other.
     *
     * @param lastBefore the last key that was listed before it, or the start of the range that ends at it
     */
    record Doubt(String lastBefore, String cut) {}

    private final Map<String, Cut> cuts = new HashMap<>();

    /** Notes ranges that follow each other. */
    void cut(List<KeyRange> ranges) {
        ranges.stream().skip(1).forEach(range -> cuts.put(range.after(), new Cut()));
    }

    /** Notes a range that was outstanding when a run was resumed: its end may be a cut. */
    void resumed(KeyRange range) {
        if (range.bounded()) {
            Cut cut = new Cut();
            cut.resumed = true;
            cuts.put(range.upTo(), cut);
        }
    }

    /**
     * Takes the answer for a range.
     *
     * @param begun whether the page is not the first one of its range
     * @param more whether the range continues after the page
     * @return the cuts at its ends that are contradicted
     */
    List<Doubt> listed(KeyRange range, RangeEdges edges, boolean begun, boolean more) {
        List<Doubt> doubts = new ArrayList<>();
        Cut start = begun ? null : cuts.get(range.after());
        if (start != null) {
            start.right = edges.afterStart().orElse(null);
            start.silent = edges.first().isEmpty() && !more ? range : null;
            compare(range.after(), start).ifPresent(doubts::add);
        }
        Cut end = more ? null : cuts.get(range.upTo());
        if (end != null) {
            end.lastBefore = edges.last().orElse(range.after());
            end.left = edges.afterEnd().orElse(null);
            if (end.left == null) {
                cuts.remove(range.upTo()); // the page ended at the cut itself, which is a key that exists
            }
            compare(range.upTo(), end).ifPresent(doubts::add);
        }
        return doubts;
    }

    /** The cuts whose left side has been heard, and whose right side has not. */
    List<Doubt> heardOnTheLeft() {
        return cuts.entrySet().stream()
                .filter(entry -> entry.getValue().left != null && entry.getValue().right == null)
                .map(entry -> new Doubt(entry.getValue().lastBefore, entry.getKey()))
                .toList();
    }

    private Optional<Doubt> compare(String key, Cut cut) {
        if (cut.left == null || (cut.right == null && !cut.resumed)) {
            return Optional.empty();
        } else if (cut.left.equals(cut.right)) {
            cuts.remove(key);
            return Optional.empty();
        }
        return Optional.of(new Doubt(cut.lastBefore, key));
    }

    /** Conclusion from a check of a cut. */
    enum Verdict {
        /** Keys were added or deleted while the two sides were listed. */
        CHANGED,
        /** Keys were added or deleted during the check. */
        CHECK_AGAIN,
        /** Keys were added, and the range after the cut, which seemed to be empty, must be listed again. */
        LIST_AGAIN,
        /** The server skips keys after the cut. */
        SKIPS,
        /** The server skips keys after one that it has listed, or says too early that there are no more. */
        ENDS_EARLY
    }

    /** Takes the server's answer to a check. */
    Verdict checked(AuditTask.CheckCut task, AuditResult.Follows found) {
        Cut cut = cuts.computeIfAbsent(task.cut(), key -> new Cut());
        Verdict verdict = verdict(cut, task.cut(), found);
        if (verdict != Verdict.LIST_AGAIN && verdict != Verdict.CHECK_AGAIN) {
            cuts.remove(task.cut());
        }
        return verdict;
    }

    private static Verdict verdict(Cut cut, String key, AuditResult.Follows found) {
        if (!found.stable()) {
            return ++cut.checks < MOST_CHECKS ? Verdict.CHECK_AGAIN : Verdict.SKIPS;
        }
        String left = found.afterLast().orElse(key);
        String right = found.afterCut().orElseThrow();
        boolean leftTells = left.isEmpty() || Keys.compare(left, key) > 0;
        if (leftTells && !left.equals(right)) {
            return precedes(left, right) ? Verdict.SKIPS : Verdict.ENDS_EARLY;
        } else if (left.isEmpty() && right.isEmpty() && cut.left != null && !cut.left.isEmpty()) {
            return Verdict
                    .SKIPS; // a server that knows the key before the cut by another name shows nothing behind either
        } else if (cut.silent == null || right.isEmpty() || !cut.silent.contains(right)) {
            return Verdict.CHANGED;
        } else if (cut.listedAgain) {
            return Verdict.SKIPS;
        }
        cut.listedAgain = true;
        cut.right = null;
        cut.left = right;
        return Verdict.LIST_AGAIN;
    }

    /** The range after a cut that must be listed again. */
    KeyRange silent(String cut) {
        return cuts.get(cut).silent;
    }

    private static boolean precedes(String left, String right) {
        return !left.isEmpty() && (right.isEmpty() || Keys.compare(left, right) < 0);
    }
}
