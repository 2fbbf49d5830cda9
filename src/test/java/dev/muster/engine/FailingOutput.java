package dev.muster.engine;

import dev.muster.engine.Scripted.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** An output in memory that fails at a line; its position is the number of lines. */
final class FailingOutput implements Output<Found> {
    private final List<Integer> lines;
    private final int most;

    FailingOutput(int most) {
        this(new ArrayList<>(), most);
    }

    private FailingOutput(List<Integer> lines, int most) {
        this.lines = lines;
        this.most = most;
    }

    /** The same lines, with room for more. */
    FailingOutput mended() {
        return new FailingOutput(lines, Integer.MAX_VALUE);
    }

    List<Integer> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void write(Found partial) {
        for (int number : partial.done()) {
            if (lines.size() >= most) {
                throw new UncheckedIOException(new IOException("no space left"));
            }
            lines.add(number);
        }
    }

    @Override
    public long sync() {
        return lines.size();
    }

    @Override
    public void rewind(long position) {
        lines.subList((int) position, lines.size()).clear();
    }

    @Override
    public void close() {}
}
