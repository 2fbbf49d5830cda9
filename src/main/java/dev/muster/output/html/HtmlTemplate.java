package dev.muster.output.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;

/** Template of a page. It escapes every text that the page's values give it. */
public final class HtmlTemplate {
    private HtmlTemplate() {}

    /**
     * Writes a page.
     *
     * @param name of the template's file
     * @param page the template's parameter
     */
    public static void write(String name, Object page, Appendable out) throws IOException {
        StringOutput text = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html).render(name, page, text);
        out.append(text.toString());
    }
}
