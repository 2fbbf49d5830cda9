package dev.muster.audit;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import dev.muster.engine.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the answers on both sides of a cut against each other. Where the page before a cut showed a key behind it, and
 * the first page behind it showed nothing at all, one of them is wrong: keys came or went meanwhile, or the server cannot
 * begin behind a key that does not exist and says that nothing follows. Then that range is listed once more.
 *
 * <p>Forgets a cut when both sides have been heard. After a resume the cuts made before it are not known, and not checked.
 */
final class SplitVerifier {
    static final Failure SKIPPED = new Failure(
            Failure.Kind.INVALID,
            "SkippedKeys",
            "the server showed keys there to one request and none to the next; if it cannot list what follows a key that"
                    + " does not exist, use --workers 1");

    private static final class Seam {
        private boolean keysFollow;
        private boolean keysFound;
        private boolean repeated;
        private KeyRange silent;
    }

    /**
     * A range whose answer contradicts its neighbour's.
     *
     * @param repeated whether it had been listed once more already
     */
    record Doubt(KeyRange range, boolean repeated) {}

    private final Map<String, Seam> splitVerifier = new HashMap<>();

    /** Takes note of ranges that follow each other. */
    void cut(List<KeyRange> ranges) {
        ranges.stream().skip(1).forEach(range -> splitVerifier.put(range.after(), new Seam()));
    }

    /**
     * Takes in the answer for a range.
     *
     * @param passed whether it showed a key past the range's end
     */
    Optional<Doubt> listed(KeyRange range, ListedPage page, boolean passed) {
        if (page.keys() == 0 && !page.more() && !passed) {
            return nothingFrom(range);
        }
        found(range.after());
        return page.more() ? Optional.empty() : endOf(range, passed);
    }

    private Optional<Doubt> nothingFrom(KeyRange range) {
        Seam seam = splitVerifier.get(range.after());
        if (seam == null) {
            return Optional.empty();
        }
        seam.silent = range;
        return seam.keysFollow ? Optional.of(doubt(seam)) : Optional.empty();
    }

    private void found(String cut) {
        Seam seam = splitVerifier.get(cut);
        if (seam != null) {
            seam.keysFound = true;
            if (seam.keysFollow) {
                splitVerifier.remove(cut);
            }
        }
    }

    private Optional<Doubt> endOf(KeyRange range, boolean passed) {
        Seam seam = splitVerifier.get(range.upTo());
        if (seam == null) {
            return Optional.empty();
        }
        seam.keysFollow = passed;
        if (!passed || seam.keysFound) {
            splitVerifier.remove(range.upTo());
        }
        return passed && seam.silent != null ? Optional.of(doubt(seam)) : Optional.empty();
    }

    private Doubt doubt(Seam seam) {
        Doubt doubt = new Doubt(seam.silent, seam.repeated);
        seam.repeated = true;
        return doubt;
    }
}
