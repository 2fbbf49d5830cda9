package dev.muster.report;

import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ObjectEntry;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.report.AuditReport.BucketRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Row of several buckets: those of an account, or all.
 *
 * @param account the account's id, or null for the total
 * @param buckets number of buckets, including uncounted ones
 * @param tally sum of what was counted, without lists
 * @param lists first objects of all the buckets by each ranking
 */
public record GroupRow(
        String account, RowStatus standing, long buckets, ObjectTally tally, Map<Ranking, List<LocatedEntry>> lists) {
    static GroupRow of(String account, RowStatus standing, List<BucketRow> rows, ReportOptions options) {
        ObjectTally sum = ObjectTally.NONE;
        for (BucketRow row : rows) {
            sum = sum.plus(row.tally().withoutPrefixes(), 0);
        }
        Map<Ranking, List<LocatedEntry>> lists = new EnumMap<>(Ranking.class);
        for (Ranking ranking : options.rankingsInOrder()) {
            lists.put(ranking, first(ranking, rows, options.limit()));
        }
        return new GroupRow(account, standing, rows.size(), sum, lists);
    }

    private static List<LocatedEntry> first(Ranking ranking, List<BucketRow> rows, int limit) {
        List<LocatedEntry> all = new ArrayList<>();
        for (BucketRow row : rows) {
            for (ObjectEntry entry : row.tally().lists().getOrDefault(ranking, List.of())) {
                all.add(new LocatedEntry(row.id(), entry));
            }
        }
        all.sort(LocatedEntry.order(ranking));
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    /** An object in a list that spans buckets. */
    public record LocatedEntry(BucketId bucket, ObjectEntry object) {
        /** Order of such a list: as within a bucket, then by bucket. */
        static Comparator<LocatedEntry> order(Ranking ranking) {
            return Comparator.comparing(LocatedEntry::object, ObjectEntry.order(ranking))
                    .thenComparing(entry -> entry.bucket().bucket())
                    .thenComparing(LocatedEntry::bucket);
        }
    }
}
