package dev.muster.cli.run;

import dev.muster.cli.console.FileErrors;
import dev.muster.events.EventsSettings;
import java.io.IOException;

/** What to say when there is no room to merge in. */
public final class TemporarySpace {
    private TemporarySpace() {}

    public static String problem(EventsSettings settings, IOException error) {
        String directory = settings.temporaryDirectory();
        return "cannot merge day files in "
                + (directory.isEmpty() ? "the temporary directory" : directory)
                + ": " + FileErrors.reason(error) + "; give another with muster.events.temporary-directory";
    }
}
