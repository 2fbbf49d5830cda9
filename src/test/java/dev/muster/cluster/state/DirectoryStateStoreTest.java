package dev.muster.cluster.state;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStateStoreTest extends RunStatesTest {
    @TempDir
    Path directory;

    @Override
    StateStore store() throws IOException {
        return new DirectoryStateStore(directory.resolve("made/when/missing"));
    }
}
