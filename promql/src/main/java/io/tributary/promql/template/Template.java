package io.tributary.promql.template;

import java.nio.charset.StandardCharsets;

/**
 * One parsed template.
 *
 * @param name by which others include it
 * @param source the name of the text that it stands in, for messages
 * @param text all of that text
 */
record Template(String name, String source, String text, Node.Sequence body) {

    /** Where the node stands: the source's name, line from 1, and column in bytes from 0. */
    String place(Node node) {
        String before = text.substring(0, node.position());
        String line = before.substring(before.lastIndexOf('\n') + 1);
        long lines = before.chars().filter(c -> c == '\n').count();
        int column = line.getBytes(StandardCharsets.UTF_8).length;
        return source + ":" + (lines + 1) + ":" + column;
    }
}
