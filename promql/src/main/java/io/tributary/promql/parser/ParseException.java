package io.tributary.promql.parser;

import io.tributary.promql.ast.Span;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text is no valid expression. The message has a line for each problem, in Prometheus's form: {@code line:column:
 * parse error: what is wrong}.
 */
public final class ParseException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * One thing that is wrong.
     *
     * @param message without the place
     * @param span where
     * @param line from 1
     * @param column in characters, from 1
     */
    public record Problem(String message, Span span, int line, int column) {

        static Problem at(Span span, String message, String text) {
            Span.Place place = span.in(text);
            return new Problem(message, span, place.line(), place.column());
        }

        @Override
        public String toString() {
            return line + ":" + column + ": parse error: " + message;
        }
    }

    @SuppressWarnings("serial") // immutable, and its elements are strings and numbers
    private final List<Problem> problems;

    ParseException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong, the first to be found first; at least one. After a mistake in syntax nothing further is sought.
     */
    public List<Problem> problems() {
        return problems;
    }
}
