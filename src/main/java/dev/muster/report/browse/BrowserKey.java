package dev.muster.report.browse;

/** Key of a terminal that types no character. */
public enum BrowserKey {
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    ESCAPE,
    BACKSPACE
}
