package dev.muster.inventory.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens text files with the compression that their first bytes show, as names are unreliable. */
final class TextInput {
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b5;

    private TextInput() {}

    static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        boolean opened = false;
        try {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            InputStream plain = compression(magic).decompress(in);
            opened = true;
            return plain == in ? in : new BufferedInputStream(plain, BUFFER_BYTES);
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    private static InventoryCompression compression(int magic) {
        return switch (magic) {
            case GZIP -> InventoryCompression.GZIP;
            case ZSTD -> InventoryCompression.ZSTD;
            default -> InventoryCompression.NONE;
        };
    }
}
