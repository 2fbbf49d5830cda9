package dev.muster.audit.split;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A request for the names directly under a prefix: {@code ListObjectsV2} with the delimiter {@code /}. It finds
 * prefixes to split at and runs beside the listing, which does not wait for it; a probe that fails or is lost costs
 * only speed.
 *
 * @param prefix empty, or ending in the delimiter
 */
public record Probe(String prefix) {
    public static final char DELIMITER = '/';

    private static final double WORTH_PAGES = 16;
    private static final int AT_ONCE = 4;

    public Probe {
        requireNonNull(prefix, "prefix is null");
    }

    /**
     * Probes of the directories above a page that still hold much after it.
     *
     * @param rest the rest of the page's range
     * @param density pages per distance of the interpolator
     */
    static List<Probe> worthwhile(
            KeyDistribution keys, KeyInterpolator interpolator, KeyRange rest, ListedPage page, double density) {
        String last = page.last();
        int shared = Keys.commonPrefix(page.first(), last);
        List<Probe> probes = new ArrayList<>();
        for (int at = 0; at <= shared && probes.size() < AT_ONCE; at = last.indexOf(DELIMITER, at) + 1) {
            int nameEnd = last.indexOf(DELIMITER, at) + 1;
            if (nameEnd == 0 || ahead(interpolator, rest, last, at) * density < WORTH_PAGES) {
                break;
            }
            boolean endsInSameName = rest.bounded() && rest.upTo().startsWith(last.substring(0, nameEnd));
            if (!endsInSameName && keys.mayProbe(last.substring(0, at))) {
                probes.add(new Probe(last.substring(0, at)));
            }
        }
        return probes;
    }

    /** Share of the directory with a name of the given length that is left in the range. */
    private static double ahead(KeyInterpolator interpolator, KeyRange rest, String last, int length) {
        if (length == 0) {
            return interpolator.width();
        }
        if (!interpolator.piecewise()) {
            return interpolator.space().rest(last.codePointCount(0, length));
        }
        String end = last.substring(0, length - 1) + (char) (DELIMITER + 1);
        return rest.contains(end) ? interpolator.from(end) : interpolator.width();
    }
}
