package dev.muster.cli;

import dev.muster.events.EventsSettings;
import java.io.IOException;

/** What to say when there is no room to merge in. */
final class Temporary {
    private Temporary() {}

    static String problem(EventsSettings settings, IOException error) {
        String directory = settings.temporaryDirectory();
        return "cannot merge day files in "
                + (directory.isEmpty() ? "the temporary directory" : directory)
                + ": " + Errors.reason(error) + "; give another with muster.events.temporary-directory";
    }
}
