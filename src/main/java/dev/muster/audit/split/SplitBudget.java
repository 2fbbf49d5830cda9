package dev.muster.audit.split;

/**
 * Budget for pivots whose ranges may turn out to be empty: requests above one per full page. It grows with the square
 * root of the pages known or expected, so that its share of a bucket falls with the bucket's size; ranges that held
 * keys earn trust, empty ones lose it.
 */
final class SplitBudget {
    private static final double PER_ROOT_OF_PAGES = 4;
    private static final double EXPECTED_PER_LISTED = 20;
    private static final double MOST_EXPECTED = 500;
    private static final double FULL_PAGE = 1000;

    /**
     * Even with a spent budget, a part this large may be split off: a few requests too many are better than listers
     * idle to the end.
     */
    private static final double PAGES_WORTH_A_PIVOT = 16;

    /** Above this share of the pages nothing more is spent on unproven pivots. */
    private static final double MOST_WASTE = 0.18;

    /** Above this share of the pages long idleness is accepted instead. */
    private static final double MOST_WASTE_OF_IDLENESS = 0.5;

    /** A range ends, on average, in the middle of a page. */
    private static final double COST_OF_A_RANGE = 0.5;

    /** Until more pages than this are known to exist, three requests at a time must do, whatever they find. */
    private static final int FIRST_PAGES = 5;

    private static final int FIRST_RANGES = 3;

    private double requests;
    private double keys;
    private double fullPages;
    private double keysOnFullPages;
    private double hitRate = 0.6;
    private int pivots;

    void listed(ListedPage page) {
        int full = page.more() ? page.requests() : page.requests() - 1;
        keysOnFullPages += page.more() ? page.keys() : Math.min((double) page.keys(), full * pageSize());
        fullPages += full;
        requests += page.requests();
        keys += page.keys();
    }

    void probed() {
        requests++;
    }

    /** Notes whether a range that began at a pivot held keys. */
    void tried(boolean hit) {
        hitRate += ((hit ? 1 : 0) - hitRate) / 16;
    }

    void split(int newPivots) {
        pivots += newPivots;
    }

    double requests() {
        return requests;
    }

    /** Keys on a full page: some servers return fewer than requested. */
    double pageSize() {
        return fullPages == 0 ? FULL_PAGE : Math.max(1, keysOnFullPages / fullPages);
    }

    double pages() {
        return keys / pageSize();
    }

    /**
     * Tells whether requests may be spent to end a long idleness: not while little is known, nor where that has not
     * helped.
     */
    boolean affordsIdleness(int ranges) {
        return pastFirstPages(ranges) && requests - pages() < MOST_WASTE_OF_IDLENESS * pages();
    }

    /**
     * Tells whether more keys are known to exist than fill the first pages: those listed, and one in each range that
     * continues.
     */
    boolean pastFirstPages(int ranges) {
        return keys + ranges > FIRST_PAGES * pageSize();
    }

    /**
     * Number of pivots that may be chosen now.
     *
     * @param ranges number of ranges handed out
     * @param pagesExpected in these
     * @param pagesToSplit pages expected in the range to be split
     */
    int affordablePivots(int ranges, double pagesExpected, double pagesToSplit) {
        if (!pastFirstPages(ranges)) {
            return Math.max(0, FIRST_RANGES - 1 - pivots);
        }
        double expected = Math.min(pagesExpected, EXPECTED_PER_LISTED * pages());
        double worth = pages() + Math.max(0, Math.min(expected, MOST_EXPECTED - pages() / 2));
        double waste = requests - pages();
        double left = PER_ROOT_OF_PAGES * Math.sqrt(worth) - waste - COST_OF_A_RANGE * ranges;
        double trusted = Math.max(0, left) * Math.min(2, 1 / (4 * (1.001 - hitRate)));
        double worthwhile = waste < MOST_WASTE * pages() ? hitRate * pagesToSplit / PAGES_WORTH_A_PIVOT : 0;
        return (int) Math.max(trusted, worthwhile);
    }
}
