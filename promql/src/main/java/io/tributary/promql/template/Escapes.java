package io.tributary.promql.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text made safe for other languages. Go: text/template, "HTMLEscapeString" and "JSEscapeString". */
public final class Escapes {

    private Escapes() {}

    /**
     * For HTML.
     *
     * @param plus whether the plus sign is escaped too, which only matters to old browsers
     */
    static String html(String text, boolean plus) {
        var safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> safe.append("&#34;");
                case '\'' -> safe.append("&#39;");
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '\0' -> safe.append('\uFFFD');
                case '+' -> safe.append(plus ? "&#43;" : "+");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** For texts in JavaScript. */
    static String js(String text) {
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> safe.append("\\\\");
                case '\'' -> safe.append("\\'");
                case '"' -> safe.append("\\\"");
                case '<', '>', '&', '=' -> safe.append(String.format("\\u%04X", c));
                default -> {
                    if (c < ' ' || !Quoting.isPrintable(c)) {
                        safe.append(String.format("\\u%04X", c));
                    } else {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }

    /** For the query of an address, where a space is a plus. Go: net/url, "QueryEscape". */
    public static String urlQuery(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
