package dev.muster.audit.split;

import java.util.Arrays;
import java.util.Map;

/** A range as an interval of numbers: piecewise between landmarks where there are any, by symbols within. */
final class KeyInterpolator {
    private final AlphabetIndex alphabets;
    private final KeySpace space;
    private final String[] marks;
    private final String[] ends;
    private final double[] starts;
    private final boolean inside;

    KeyInterpolator(AlphabetIndex alphabets, KnownPrefixes landmarks, KeyRange range) {
        this.alphabets = alphabets;
        space = new KeySpace(alphabets, range);
        Map<String, Double> within = landmarks.within(range);
        Map.Entry<String, Double> covering = landmarks.covering(range.after());
        String end = covering == null ? "" : KnownPrefixes.end(covering.getKey());
        inside = !end.isEmpty() && before(range.after(), end) && (!range.bounded() || before(end, range.upTo()));
        int count = within.size() + (inside ? 1 : 0);
        marks = new String[count];
        ends = new String[count];
        starts = new double[count + 1];
        int i = 0;
        if (inside) {
            marks[i] = range.after();
            ends[i] = end;
            starts[++i] = covering.getValue() * (1 - fraction(covering.getKey(), end, range.after()));
        }
        for (Map.Entry<String, Double> each : within.entrySet()) {
            marks[i] = each.getKey();
            ends[i] = KnownPrefixes.end(each.getKey());
            double part =
                    range.bounded() && before(range.upTo(), ends[i]) ? fraction(marks[i], ends[i], range.upTo()) : 1;
            starts[i + 1] = starts[i] + each.getValue() * part;
            i++;
        }
    }

    private static boolean before(String key, String end) {
        return Keys.compare(key, end) < 0;
    }

    boolean charted() {
        return marks.length > 0;
    }

    /** Whether there are landmarks to cut at. */
    boolean landmarked() {
        return marks.length > (inside ? 1 : 0);
    }

    KeySpace space() {
        return space;
    }

    double width() {
        return charted() ? starts[marks.length] : space.width();
    }

    /** How far a key of the range lies from its start. */
    double from(String key) {
        if (!charted()) {
            return space.from(key);
        }
        int index = Arrays.binarySearch(marks, key, Keys::compare);
        if (index >= 0) {
            return starts[index];
        }
        index = -index - 2;
        return index < 0
                ? 0
                : starts[index] + (starts[index + 1] - starts[index]) * fraction(marks[index], ends[index], key);
    }

    private double fraction(String low, String high, String key) {
        if (Keys.compare(key, low) <= 0) {
            return 0;
        }
        if (!before(key, high)) {
            return 1;
        }
        KeySpace between = new KeySpace(alphabets, new KeyRange(low, high));
        return between.width() > 0 ? Math.max(0, Math.min(1, between.from(key) / between.width())) : 0.5;
    }

    /**
     * A cut at about a distance from the start; the empty string if there is none.
     *
     * @param step the distance between cuts: landmarks closer than that are hit exactly
     */
    String at(double distance, double step, double resolution) {
        if (!charted()) {
            return space.at(distance, resolution);
        }
        int index = Arrays.binarySearch(starts, 0, marks.length, distance);
        if (index >= 0) {
            return marks[index];
        }
        index = Math.max(0, -index - 2);
        double whole = starts[index + 1] - starts[index];
        double part = (distance - starts[index]) / whole;
        if (whole < 1.5 * step || index > 0 || !inside) {
            int nearest = part > 0.5 ? index + 1 : index;
            return nearest < marks.length ? marks[nearest] : "";
        }
        KeySpace between = new KeySpace(alphabets, new KeyRange(marks[index], ends[index]));
        return between.at(part * between.width(), between.width() * resolution / whole);
    }
}
