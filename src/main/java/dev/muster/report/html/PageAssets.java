package dev.muster.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** Style, script and chart library that a page carries with it, from the jar. */
record PageAssets(String css, String script, String echarts) {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    static PageAssets load() throws IOException {
        return new PageAssets(text("report.css"), text("report.js"), text(ECHARTS));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program lacks its file " + name + ": build it anew");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
