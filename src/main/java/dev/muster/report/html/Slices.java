package dev.muster.report.html;

import dev.muster.output.SizeUnit;
import dev.muster.report.html.HtmlPage.Slice;
import dev.muster.report.saved.SavedRow.AgeBin;
import dev.muster.report.saved.SavedRow.SizeBin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Parts of the objects by age and size, under headings that people read. */
final class Slices {
    /** Bounds of the parts by size, in bytes: powers of two, as those of the report's histogram are. */
    private static final long[] SIZES = {
        0, 1, 1L << 10, 16L << 10, 128L << 10, 1L << 20, 16L << 20, 128L << 20, 1L << 30, 16L << 30, 128L << 30
    };

    private Slices() {}

    static List<Slice> byAge(List<AgeBin> bins) {
        return bins.stream()
                .map(bin -> new Slice(words(bin), bin.objects(), null))
                .toList();
    }

    static List<Slice> bySize(List<SizeBin> bins) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            long from = SIZES[i];
            long below = i + 1 < SIZES.length ? SIZES[i + 1] : Long.MAX_VALUE;
            Predicate<SizeBin> inside = bin -> bin.fromBytes() >= from && bin.fromBytes() < below;
            List<SizeBin> members = bins.stream().filter(inside).toList();
            if (!members.isEmpty()) {
                long objects = members.stream().mapToLong(SizeBin::objects).sum();
                slices.add(new Slice(words(from, below), objects, null));
            }
        }
        return slices;
    }

    private static String words(AgeBin bin) {
        if (bin.belowDays() == null) {
            return days(bin.fromDays()) + " and older";
        }
        return bin.fromDays() == 0 ? "up to " + days(bin.belowDays()) : bin.fromDays() + " to " + days(bin.belowDays());
    }

    private static String days(int days) {
        return days == 1 ? "1 day" : days + " days";
    }

    private static String words(long from, long below) {
        if (from == 0) {
            return "empty";
        } else if (from == 1) {
            return "below " + round(below);
        }
        return below == Long.MAX_VALUE ? round(from) + " and more" : round(from) + " to " + round(below);
    }

    /** A power of two, without decimals. */
    private static String round(long bytes) {
        return SizeUnit.AUTO.format(bytes).replace(".00", "");
    }
}
