package dev.muster.events.dayfile;

import java.io.IOException;

/** Object in the place of a day's file that cannot be read as one, however often it is tried. */
final class NotADayFileException extends IOException {
    private static final long serialVersionUID = 1L;

    NotADayFileException(String why) {
        super(why);
    }

    NotADayFileException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
