package dev.muster.contacts.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A regular file. It is opened by the first {@link #rewind}, so that a run that cannot start leaves it as it was. */
final class FileSink implements Sink {
    private final Path file;
    private FileChannel channel;

    FileSink(Path file) {
        this.file = file;
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public long sync() throws IOException {
        channel.force(true);
        return channel.position();
    }

    /** Cuts the file off behind the position; a file shorter than that is not the one that the run was writing. */
    @Override
    public void rewind(long position) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        if (channel.size() < position) {
            throw new IOException("it has " + channel.size() + " bytes, but had " + position
                    + " when the run was interrupted: restore it, or start afresh");
        }
        channel.truncate(position);
        channel.position(position);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
