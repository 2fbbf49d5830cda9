package dev.muster.cli.run;

import dev.muster.cli.console.FileErrors;
import dev.muster.events.EventsSettings;
import java.io.IOException;

/** Message about a lack of space for merges. */
public final class TemporarySpace {
    private TemporarySpace() {}

    public static String problem(EventsSettings settings, IOException error) {
        String directory = settings.temporaryDirectory();
        return "cannot merge day files in "
                + (directory.isEmpty() ? "the temporary directory" : directory)
                + ": " + FileErrors.reason(error) + "; give another with muster.events.temporary-directory";
    }
}
