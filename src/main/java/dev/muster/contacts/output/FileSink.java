package dev.muster.contacts.output;

import dev.muster.contacts.output.ContactLines.Sink;
import dev.muster.output.OutputFile;
import dev.muster.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A regular file that is replaced at the end of the run. Until then the lines are in {@code FILE.partial} beside it,
 * where a resumed run continues; a failed run leaves the file unchanged. Only the owner can read either.
 */
final class FileSink implements Sink {
    private final OutputFile target;
    private final Path partial;
    private FileChannel channel;

    /** @param file the file itself, with links resolved */
    FileSink(Path file) {
        this.target = new OutputFile(file, PrivateFiles.file());
        this.partial = file.resolveSibling(file.getFileName() + ".partial");
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

    /** Truncates the file at the position; a shorter file is not the one that the run was writing. */
    @Override
    public void rewind(long position) throws IOException {
        if (channel == null) {
            open();
        }
        if (channel.size() < position) {
            throw new IOException(partial + " has " + channel.size() + " bytes, but had " + position
                    + " when the run was interrupted: restore it, or start afresh without --resume");
        }
        channel.truncate(position);
        channel.position(position);
    }

    @Override
    public void publish(boolean resumable) throws IOException {
        channel.force(true);
        channel.close();
        Path finished = partial;
        if (resumable) {
            finished = partial.resolveSibling(partial.getFileName() + ".copy");
            Files.deleteIfExists(finished);
            Files.createFile(finished, PrivateFiles.file());
            Files.copy(partial, finished, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        target.publish(finished);
    }

    @Override
    public Optional<String> waiting() {
        return channel != null && Files.exists(partial) ? Optional.of(partial.toString()) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private void open() throws IOException {
        channel = FileChannel.open(
                partial, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PrivateFiles.file());
        if (!locked()) {
            channel.close();
            throw new IOException("another muster is writing " + partial + ": wait for its end, or give another file");
        }
    }

    private boolean locked() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
