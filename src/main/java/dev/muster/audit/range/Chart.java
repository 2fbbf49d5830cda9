package dev.muster.audit.range;

import java.util.Arrays;
import java.util.Map;

/** A range as an interval of numbers: piecewise between landmarks, by symbols within. */
final class Chart {
    private final Alphabets alphabets;
    private final Range range;
    private final String[] marks;
    private final double[] starts;
    private final String floor;
    private final String ceiling;
    private final double firstShare;
    private final double width;

    Chart(Alphabets alphabets, Landmarks landmarks, Range range) {
        this.alphabets = alphabets;
        this.range = range;
        Map<String, Double> within = landmarks.within(range);
        int n = within.size();
        marks = new String[n];
        starts = new double[n + 1];
        Map.Entry<String, Double> before = landmarks.before(range.after());
        String next = range.bounded() ? landmarks.next(range.upTo()) : null;
        ceiling = next == null ? range.upTo() : next;
        if (n == 0) {
            floor = range.after();
            firstShare = 0;
            width = 0;
            return;
        }
        int i = 0;
        double sum = 0;
        double[] shares = new double[n];
        for (Map.Entry<String, Double> each : within.entrySet()) {
            marks[i] = each.getKey();
            shares[i] = each.getValue();
            sum += each.getValue();
            i++;
        }
        floor = before == null ? range.after() : before.getKey();
        firstShare = before == null ? sum / n : before.getValue();
        starts[0] = firstShare * (1 - fraction(floor, marks[0], range.after()));
        for (i = 0; i < n; i++) {
            starts[i + 1] = starts[i] + shares[i];
        }
        double last = shares[n - 1];
        width = starts[n - 1]
                + (range.bounded() && !ceiling.equals(range.upTo())
                        ? last * fraction(marks[n - 1], ceiling, range.upTo())
                        : last);
    }

    boolean charted() {
        return marks.length > 0;
    }

    double width() {
        return width;
    }

    private double fraction(String low, String high, String key) {
        if (key.equals(low)) {
            return 0;
        }
        KeySpace space = new KeySpace(alphabets, new Range(low, high), 0);
        double whole = space.width();
        return whole > 0 ? Math.max(0, Math.min(1, space.from(key) / whole)) : 0.5;
    }

    double from(String key) {
        int index = Arrays.binarySearch(marks, key, Keys::compare);
        if (index >= 0) {
            return starts[index];
        }
        index = -index - 2;
        if (index < 0) {
            return firstShare * (fraction(floor, marks[0], key) - fraction(floor, marks[0], range.after()));
        }
        String end = index + 1 < marks.length ? marks[index + 1] : ceiling;
        return starts[index] + (starts[index + 1] - starts[index]) * fraction(marks[index], end, key);
    }

    String at(double distance, double step) {
        int index = Arrays.binarySearch(starts, 0, marks.length, distance);
        if (index >= 0) {
            return marks[index];
        }
        index = -index - 2;
        double low = index < 0 ? 0 : starts[index];
        double high = index < 0 ? starts[0] : starts[index + 1];
        double whole = index < 0 ? firstShare : high - low;
        if (whole < 1.5 * step) {
            boolean up = distance - low > high - distance;
            int nearest = up ? index + 1 : index;
            return nearest < 0 || nearest >= marks.length ? "" : marks[nearest];
        }
        String from = index < 0 ? range.after() : marks[index];
        KeySpace space =
                new KeySpace(alphabets, new Range(from, index + 1 < marks.length ? marks[index + 1] : ceiling), 0);
        double part = (distance - low) / (high - low);
        return space.at(part * space.width(), space.width() * step / whole / 10);
    }
}
