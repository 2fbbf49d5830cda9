package dev.muster.report.html;

import dev.muster.output.html.PageAssets;

/**
 * Page that shows a run while it is under way: one file with all that it needs, which asks its own server alone for events.
 * Its script puts every text in as text.
 */
public final class LiveHtml {
    private LiveHtml() {}

    public static String page() {
        PageAssets assets = new PageAssets();
        return PageAssets.text(LiveHtml.class, "live.html")
                .replace("/*style*/", assets.css() + PageAssets.text(LiveHtml.class, "live.css"))
                .replace("/*charts*/", assets.echarts())
                .replace("/*script*/", PageAssets.text(LiveHtml.class, "live.js"));
    }
}
