package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ObjectKey;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Entries of listings with values that are missing or cannot be read. They are counted with the values that are known.
 *
 * @param count number of such entries
 * @param inexact number of those that may make a total wrong; the others lack a date
 * @param examples the first few, in order
 */
public record OddEntries(long count, long inexact, List<Example> examples) {
    public static final OddEntries NONE = new OddEntries(0, 0, List.of());

    private static final int MOST_EXAMPLES = 5;

    /**
     * An entry.
     *
     * @param key empty where it is unknown
     * @param problem what is missing or cannot be read: {@code it has no Size}
     */
    public record Example(ObjectKey key, String problem) {
        static final Comparator<Example> ORDER =
                Comparator.comparing(Example::key).thenComparing(Example::problem);

        public Example {
            requireNonNull(key, "key is null");
            requireNonNull(problem, "problem is null");
        }
    }

    public OddEntries {
        examples = List.copyOf(examples);
    }

    /** A single odd entry. */
    static OddEntries of(ObjectKey key, String problem, boolean inexact) {
        return new OddEntries(1, inexact ? 1 : 0, List.of(new Example(key, problem)));
    }

    public OddEntries plus(OddEntries other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        List<Example> both = Stream.concat(examples.stream(), other.examples.stream())
                .sorted(Example.ORDER)
                .limit(MOST_EXAMPLES)
                .toList();
        return new OddEntries(Sums.add(count, other.count), Sums.add(inexact, other.inexact), both);
    }

    /** Summary on one line: the number of entries and the first of them. */
    public String sentence() {
        Example first = examples.get(0);
        String which = first.key().isEmpty() ? "" : "key \"" + first.key() + "\": ";
        String whole = count == 1 ? "1 entry is" : count + " entries are";
        return whole + " counted without what could not be read: " + which + first.problem()
                + (count == 1 ? "" : ", and " + (count - 1) + " more");
    }
}
