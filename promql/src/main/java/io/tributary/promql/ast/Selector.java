package io.tributary.promql.ast;

import io.tributary.promql.label.Matcher;
import java.util.Comparator;
import java.util.List;

/**
 * Selects series by their labels: an instant vector, or within a {@link RangeSelector} its samples of a range.
 *
 * @param name the name as written before the braces; empty if the name is matched within them or not at all
 * @param matchers all must match, and a name before the braces is one of them; in the order of their text
 * @param shift {@code offset} and {@code @}
 * @param extension {@code anchored} or {@code smoothed}, or none
 */
public record Selector(String name, List<Matcher> matchers, Shift shift, Extension extension, Span span)
        implements Expr {

    /** How samples outside the range take part; experimental. */
    public enum Extension {
        NONE,
        ANCHORED,
        SMOOTHED
    }

    public Selector {
        matchers = matchers.stream()
                .sorted(Comparator.comparing(Matcher::toString))
                .toList();
    }

    @Override
    public ValueType type() {
        return ValueType.VECTOR;
    }

    @Override
    public List<Expr> children() {
        return List.of();
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
