package dev.muster.audit.split;

import java.util.ArrayList;
import java.util.List;

/** Chooses the directories above a page whose names are worth a probe: those that still hold much after it. */
final class PrefixProbes {
    private static final double WORTH_PAGES = 16;
    private static final int AT_ONCE = 4;

    private PrefixProbes() {}

    /**
     * @param rest what is left of the page's range
     * @param density pages per distance on the chart
     */
    static List<Probe> toProbe(
            KeyDistribution knowledge, KeyInterpolator chart, KeyRange rest, ListedPage page, double density) {
        String last = page.last();
        int shared = Keys.commonPrefix(page.first(), last);
        List<Probe> probes = new ArrayList<>();
        for (int at = 0; at <= shared && probes.size() < AT_ONCE; at = last.indexOf(Probe.DELIMITER, at) + 1) {
            int nameEnd = last.indexOf(Probe.DELIMITER, at) + 1;
            if (nameEnd == 0 || ahead(chart, rest, last, at) * density < WORTH_PAGES) {
                break;
            }
            boolean endsInSameName = rest.bounded() && rest.upTo().startsWith(last.substring(0, nameEnd));
            if (!endsInSameName && knowledge.mayProbe(last.substring(0, at))) {
                probes.add(new Probe(last.substring(0, at)));
            }
        }
        return probes;
    }

    /** How much of the directory of so long a name is left in the range. */
    private static double ahead(KeyInterpolator chart, KeyRange rest, String last, int length) {
        if (length == 0) {
            return chart.width();
        }
        if (!chart.charted()) {
            return chart.space().rest(last.codePointCount(0, length));
        }
        String end = last.substring(0, length - 1) + (char) (Probe.DELIMITER + 1);
        return rest.contains(end) ? chart.from(end) : chart.width();
    }
}
