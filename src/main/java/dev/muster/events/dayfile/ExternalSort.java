package dev.muster.events.dayfile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Sorts lines that do not fit in memory: sorted runs on disk, merged. Equal lines may come out more than once. */
final class ExternalSort implements LineSource {
    /** Memory of a line besides its bytes: array header, reference and padding. */
    private static final int LINE_OVERHEAD = 40;

    private static final class Run {
        private final LineSource lines;
        private byte[] head;

        Run(LineSource lines) {
            this.lines = lines;
        }
    }

    private final PriorityQueue<Run> heads =
            new PriorityQueue<>((left, right) -> LineOrder.ORDER.compare(left.head, right.head));
    private final List<Run> runs = new ArrayList<>();

    private ExternalSort() {}

    /**
     * Sorts a source to its end.
     *
     * @param directory the directory of the sorted runs; the caller deletes it
     * @param memory bytes of lines to hold at once
     */
    static LineSource sort(LineSource unsorted, Path directory, long memory) throws IOException {
        ExternalSort sort = new ExternalSort();
        try {
            List<byte[]> chunk = new ArrayList<>();
            long size = 0;
            for (byte[] line = unsorted.next(); line != null; line = unsorted.next()) {
                chunk.add(line);
                size += line.length + LINE_OVERHEAD;
                if (size >= memory) {
                    sort.addRun(chunk, directory);
                    size = 0;
                }
            }
            sort.addRun(chunk, directory);
            return sort;
        } catch (IOException | RuntimeException e) {
            sort.close();
            throw e;
        }
    }

    private void addRun(List<byte[]> chunk, Path directory) throws IOException {
        chunk.sort(LineOrder.ORDER);
        Path file = Files.createTempFile(directory, "run", "");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (byte[] line : chunk) {
                out.write(line);
                out.write('\n');
            }
        }
        chunk.clear();
        Run run = new Run(LineReader.openPlain(file));
        runs.add(run);
        advance(run);
    }

    private void advance(Run run) throws IOException {
        run.head = run.lines.next();
        if (run.head != null) {
            heads.add(run);
        }
    }

    @Override
    public byte[] next() throws IOException {
        Run run = heads.poll();
        if (run == null) {
            return null;
        }
        byte[] line = run.head;
        advance(run);
        return line;
    }

    @Override
    public void close() throws IOException {
        for (Run run : runs) {
            run.lines.close();
        }
    }
}
