package io.tributary.promql.rule.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A place in a file.
 *
 * @param line from 1; 0 for the file as a whole
 * @param column in characters, from 1; 0 for the file as a whole
 */
public record Place(int line, int column) implements Comparable<Place> {

    /** The file as a whole. */
    public static final Place FILE = new Place(0, 0);

    static Place of(Node node) {
        return of(node.getStartMark());
    }

    static Place of(Mark mark) {
        return mark == null ? FILE : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    @Override
    public int compareTo(Place other) {
        int order = Integer.compare(line, other.line);
        return order == 0 ? Integer.compare(column, other.column) : order;
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
