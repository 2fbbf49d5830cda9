package dev.muster.audit;

import dev.muster.audit.range.Page;
import dev.muster.audit.range.Range;
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
final class Seams {
    static final Failure SKIPPED = new Failure(
            Failure.Kind.INVALID,
            "SkippedKeys",
            "the server showed keys there to one request and none to the next; if it cannot list what follows a key that"
                    + " does not exist, use --workers 1");

    private static final class Seam {
        private boolean keysFollow;
        private boolean keysFound;
        private boolean repeated;
        private Range silent;
    }

    /**
     * A range whose answer contradicts its neighbour's.
     *
     * @param repeated whether it had been listed once more already
     */
    record Doubt(Range range, boolean repeated) {}

    private final Map<String, Seam> seams = new HashMap<>();

    /** Takes note of ranges that follow each other. */
    void cut(List<Range> ranges) {
        ranges.stream().skip(1).forEach(range -> seams.put(range.after(), new Seam()));
    }

    /**
     * Takes in the answer for a range.
     *
     * @param passed whether it showed a key past the range's end
     */
    Optional<Doubt> listed(Range range, Page page, boolean passed) {
        if (page.keys() == 0 && !page.more() && !passed) {
            return nothingFrom(range);
        }
        found(range.after());
        return page.more() ? Optional.empty() : endOf(range, passed);
    }

    private Optional<Doubt> nothingFrom(Range range) {
        Seam seam = seams.get(range.after());
        if (seam == null) {
            return Optional.empty();
        }
        seam.silent = range;
        return seam.keysFollow ? Optional.of(doubt(seam)) : Optional.empty();
    }

    private void found(String cut) {
        Seam seam = seams.get(cut);
        if (seam != null) {
            seam.keysFound = true;
            if (seam.keysFollow) {
                seams.remove(cut);
            }
        }
    }

    private Optional<Doubt> endOf(Range range, boolean passed) {
        Seam seam = seams.get(range.upTo());
        if (seam == null) {
            return Optional.empty();
        }
        seam.keysFollow = passed;
        if (!passed || seam.keysFound) {
            seams.remove(range.upTo());
        }
        return passed && seam.silent != null ? Optional.of(doubt(seam)) : Optional.empty();
    }

    private Doubt doubt(Seam seam) {
        Doubt doubt = new Doubt(seam.silent, seam.repeated);
        seam.repeated = true;
        return doubt;
    }
}
