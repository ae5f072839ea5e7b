package io.tributary.promql.ast;

/**
 * Where a node stands in the text that it was parsed from. Takes no part in comparing nodes: any two spans are equal,
 * so that trees are equal when they mean the same.
 *
 * @param start index of the first character, from 0; -1 for a node that was not parsed
 * @param end index after the last character; -1 for a node that was not parsed
 */
public record Span(int start, int end) {

    /** Of nodes that were made by hand. */
    public static final Span NONE = new Span(-1, -1);

    /**
     * A place in a text as people name it.
     *
     * @param line from 1
     * @param column in characters, from 1
     */
    public record Place(int line, int column) {
        /** For instance {@code 1:17}. */
        @Override
        public String toString() {
            return line + ":" + column;
        }
    }

    /** Where it starts in the text that it was parsed from. */
    public Place in(String text) {
        int within = Math.clamp(start, 0, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < within; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new Place(line, within - lineStart + 1);
    }

    /** From the start of the first to the end of the last. */
    public static Span over(Span first, Span last) {
        return new Span(first.start, last.end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
