package dev.muster.inventory.compare;

import dev.muster.inventory.format.InventoryRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts any number of rows in bounded memory: runs of rows that fit are sorted and written to temporary files; so many
 * files of one level are merged into one of the next, and what is left at the end is merged as it is read (Knuth, The Art
 * of Computer Programming, vol. 3, 5.4). A row is written once per level, of which a billion rows make three. The sort is
 * stable only within a run.
 */
final class RowSort {
    /** Files of a level that are merged into one; also about the most that are open at a time. */
    private static final int FAN_IN = 64;

    /** Memory of a row besides its texts. */
    private static final int ROW_BYTES = 250;

    private final Comparator<InventoryRow> order;
    private final long runBytes;
    private final List<List<Path>> levels = new ArrayList<>();
    private List<InventoryRow> run = new ArrayList<>();
    private long bytes;

    /** @param runBytes memory for rows that are sorted at a time */
    RowSort(Comparator<InventoryRow> order, long runBytes) {
        this.order = order;
        this.runBytes = runBytes;
    }

    void add(InventoryRow row) throws IOException {
        run.add(row);
        bytes += ROW_BYTES + row.key().bytes().length;
        if (bytes >= runBytes) {
            spill();
        }
    }

    private void spill() throws IOException {
        run.sort(order);
        Path file = RowSpill.write(run);
        run = new ArrayList<>();
        bytes = 0;
        put(0, file);
    }

    private void put(int level, Path file) throws IOException {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<Path> files = levels.get(level);
        files.add(file);
        if (files.size() == FAN_IN) {
            Path merged = RowSpill.write(new Merge(open(files), order));
            files.clear();
            put(level + 1, merged);
        }
    }

    /** The rows in order; this takes no more. */
    RowCursor sorted() throws IOException {
        if (levels.isEmpty()) {
            run.sort(order);
            List<InventoryRow> all = run;
            return new RowCursor() {
                private int next;

                @Override
                public InventoryRow next() {
                    return next == all.size() ? null : all.get(next++);
                }

                @Override
                public void close() {}
            };
        }
        if (!run.isEmpty()) {
            spill();
        }
        return new Merge(open(levels.stream().flatMap(List::stream).toList()), order);
    }

    private static List<RowCursor> open(List<Path> files) throws IOException {
        List<RowCursor> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(RowSpill.read(file));
        }
        return sources;
    }

    /** RowCursor of sorted sources in the order of all. */
    private static final class Merge implements RowCursor {
        private record Head(InventoryRow row, RowCursor source) {}

        private final List<RowCursor> sources;
        private final PriorityQueue<Head> heads;

        Merge(List<RowCursor> sources, Comparator<InventoryRow> order) throws IOException {
            this.sources = sources;
            this.heads = new PriorityQueue<>((left, right) -> order.compare(left.row(), right.row()));
            for (RowCursor source : sources) {
                offer(source);
            }
        }

        private void offer(RowCursor source) throws IOException {
            InventoryRow row = source.next();
            if (row != null) {
                heads.add(new Head(row, source));
            }
        }

        @Override
        public InventoryRow next() throws IOException {
            Head least = heads.poll();
            if (least == null) {
                return null;
            }
            offer(least.source());
            return least.row();
        }

        @Override
        public void close() throws IOException {
            for (RowCursor source : sources) {
                source.close();
            }
        }
    }
}
