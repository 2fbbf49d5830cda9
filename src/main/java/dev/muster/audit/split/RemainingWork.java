package dev.muster.audit.split;

/**
 * What the rest of a range seems to hold after a page of it.
 *
 * @param density pages per distance on the chart
 * @param estimate pages left
 * @param surplus how many pages more than thought the range has held so far
 * @param dense whether keys are thought to go on up to the range's end, or to its landmarks
 */
record RemainingWork(KeyInterpolator chart, double density, double estimate, double surplus, boolean dense) {
    private static final double UNMEASURABLE = 1e12;

    /** Where more was found than thought, as many times that is thought to follow. */
    private static final double SURPLUS_GOES_ON = 2;

    static RemainingWork of(KeyDistribution knowledge, RangeEstimate stretch, KeyRange range, ListedPage page) {
        KeyRange rest = new KeyRange(page.last(), range.upTo());
        KeyInterpolator chart = new KeyInterpolator(knowledge.alphabets, knowledge.landmarks, rest);
        KeyInterpolator listed =
                new KeyInterpolator(knowledge.alphabets, knowledge.landmarks, new KeyRange(page.first(), range.upTo()));
        double pages = page.keys() / knowledge.budget.pageSize();
        double covered = page.first().equals(page.last()) ? 0 : listed.from(page.last());
        double density = covered > 0 ? pages / covered : UNMEASURABLE;
        double estimate = Math.min(UNMEASURABLE, density * chart.width());
        if (!stretch.fresh || stretch.dense) {
            estimate = Math.sqrt(estimate * Math.max(0.5, stretch.estimate - pages));
        }
        double surplus = stretch.surplus;
        if (!stretch.fresh || stretch.guessed()) {
            double unforeseen = estimate + pages - stretch.estimate;
            surplus = Math.max(0, surplus + Math.max(-pages, Math.min(pages, unforeseen)));
        }
        estimate = Math.max(estimate, SURPLUS_GOES_ON * surplus);
        if (!rest.bounded()) {
            estimate = Math.max(estimate, knowledge.budget.pages());
        }
        boolean anchored = stretch.end.known() ? stretch.end.continues(range.upTo()) : stretch.dense && stretch.fresh;
        return new RemainingWork(
                chart, density, estimate, surplus, chart.landmarked() || (range.bounded() && anchored));
    }
}
