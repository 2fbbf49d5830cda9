package dev.muster.output.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Style and scripts that a page carries with it, from the jar. */
public final class PageAssets {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    /** The style sheet of all pages. */
    public String css() {
        return text(PageAssets.class, "page.css");
    }

    /** Script of all pages, which sorts and filters their tables. */
    public String script() {
        return text(PageAssets.class, "table.js");
    }

    /** The library of charts, for pages that have some. */
    public String echarts() {
        return text(PageAssets.class, ECHARTS);
    }

    /** A file that lies beside a class, or at an absolute place. */
    public static String text(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name + ": build it anew");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
