package dev.muster.audit.split;

/**
 * How much may be spent on guesses: requests above one per full page. It grows with the square root of the pages known or
 * supposed, so that the share it takes of a bucket falls with its size; hits earn trust, and misses lose it.
 */
final class SplitBudget {
    private static final double PER_ROOT_OF_PAGES = 4;
    private static final double SUPPOSED_PER_LISTED = 20;
    private static final double MOST_SUPPOSED = 500;
    private static final double FULL_PAGE = 1000;

    /** A spent budget still lets so large a part be cut off: better a few requests too many than listers idle to the end. */
    private static final double PAGES_WORTH_A_CUT = 16;

    /** Above this share of the pages nothing more is spent on guesses. */
    private static final double MOST_WASTE = 0.18;

    /** Above this share of the pages long idleness is borne rather than spent on. */
    private static final double MOST_WASTE_OF_IDLENESS = 0.5;

    /** A range ends, on average, in the middle of a page. */
    private static final double COST_OF_A_RANGE = 0.5;

    /** Until more pages than these are known to exist, three requests at a time must do, whatever they find. */
    private static final int FIRST_PAGES = 5;

    private static final int FIRST_RANGES = 3;

    private double requests;
    private double keys;
    private double fullPages;
    private double keysOnFullPages;
    private double hitRate = 0.6;
    private int cuts;

    void listed(ListedPage page) {
        requests++;
        keys += page.keys();
        if (page.more()) {
            fullPages++;
            keysOnFullPages += page.keys();
        }
    }

    void probed() {
        requests++;
    }

    void guessed(boolean hit) {
        hitRate += ((hit ? 1 : 0) - hitRate) / 16;
    }

    void cut(int newRanges) {
        cuts += newRanges;
    }

    double requests() {
        return requests;
    }

    /** Keys on a full page: some servers give fewer than were asked for. */
    double pageSize() {
        return fullPages == 0 ? FULL_PAGE : Math.max(1, keysOnFullPages / fullPages);
    }

    double pages() {
        return keys / pageSize();
    }

    /** Whether long idleness may still be spent on: not while little is known, nor where it has been to no avail. */
    boolean bold(int ranges) {
        return pastFirstPages(ranges) && requests - pages() < MOST_WASTE_OF_IDLENESS * pages();
    }

    /** Whether more keys than fill the first pages are known to exist: those listed, and one in each range that goes on. */
    boolean pastFirstPages(int ranges) {
        return keys + ranges > FIRST_PAGES * pageSize();
    }

    /**
     * How many cuts may be made now.
     *
     * @param ranges how many ranges are out
     * @param pagesSupposed what they are thought to hold
     * @param pagesToCut what the range to be cut is thought to hold
     */
    int cutsAffordable(int ranges, double pagesSupposed, double pagesToCut) {
        if (!pastFirstPages(ranges)) {
            return Math.max(0, FIRST_RANGES - 1 - cuts);
        }
        double supposed = Math.min(pagesSupposed, SUPPOSED_PER_LISTED * pages());
        double worth = pages() + Math.max(0, Math.min(supposed, MOST_SUPPOSED - pages() / 2));
        double waste = requests - pages();
        double left = PER_ROOT_OF_PAGES * Math.sqrt(worth) - waste - COST_OF_A_RANGE * ranges;
        double trusted = Math.max(0, left) * Math.min(2, 1 / (4 * (1.001 - hitRate)));
        double worthwhile = waste < MOST_WASTE * pages() ? hitRate * pagesToCut / PAGES_WORTH_A_CUT : 0;
        return (int) Math.max(trusted, worthwhile);
    }
}
