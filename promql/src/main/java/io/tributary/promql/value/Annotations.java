package io.tributary.promql.value;

import io.tributary.promql.ast.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a query's author should know although the query succeeded. The same message for the same place is kept once.
 * Messages are Prometheus's own, so that people find what they know.
 */
public final class Annotations {

    /** How grave an annotation is. */
    public enum Level {
        /** The query may be mistaken, for instance by its use of a function. */
        INFO,
        /** The result is probably not what was meant, or lacks something. */
        WARNING
    }

    /**
     * One annotation.
     *
     * @param message without what is the same for all of a level
     * @param span where in the query; {@link Span#NONE} if it concerns all of it
     */
    public record Annotation(Level level, String message, Span span) {

        /** The message after what Prometheus writes before it, such as {@code PromQL warning: }. */
        public String text() {
            return (level == Level.INFO ? "PromQL info: " : "PromQL warning: ") + message;
        }

        /** The same, with the place in the query after it, as in {@code (1:17)}. */
        public String text(String query) {
            return span.start() < 0 ? text() : text() + " (" + span.in(query) + ")";
        }
    }

    private record Key(Level level, String message, int start, int end) {}

    private final Map<Key, Annotation> all = new LinkedHashMap<>();

    public void warn(String message, Span span) {
        add(Level.WARNING, message, span);
    }

    public void inform(String message, Span span) {
        add(Level.INFO, message, span);
    }

    public void addAll(Annotations others) {
        all.putAll(others.all);
    }

    /** All of a level, in the order in which they came up. */
    public List<Annotation> of(Level level) {
        return all.values().stream().filter(one -> one.level() == level).toList();
    }

    private void add(Level level, String message, Span span) {
        all.putIfAbsent(new Key(level, message, span.start(), span.end()), new Annotation(level, message, span));
    }
}
