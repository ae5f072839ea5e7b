package io.tributary.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of which programs write some sections, each between two comments: {@code <!-- name -->} and {@code <!-- /name
 * -->}. What is outside of them is written by people.
 *
 * @param file the page, in Markdown
 */
public record Page(Path file) {
    /** Replaces the section; what is outside of it stays. A section that the page does not have is added at its end. */
    public void replace(String section, String content) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : "";
        String begin = "<!-- " + section + " -->";
        String end = "<!-- /" + section + " -->";
        String written = begin + "\n" + content.strip() + "\n" + end;
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            Files.writeString(file, (page.stripTrailing() + "\n\n" + written).stripLeading() + "\n");
        } else {
            Files.writeString(file, page.substring(0, from) + written + page.substring(to + end.length()));
        }
    }
}
