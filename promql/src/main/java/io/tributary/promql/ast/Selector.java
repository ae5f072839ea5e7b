package io.tributary.promql.ast;

import io.tributary.promql.label.Matcher;
import java.util.List;

/**
 * Selects series by their labels: an instant vector, or within a {@link RangeSelector} its samples of a range.
 *
 * @param matchers all must match; the metric's name is a matcher of {@code __name__}, first if it was written first
 * @param name the name as written before the braces or quoted within them; empty if the name is matched otherwise or
 *     not at all
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
        matchers = List.copyOf(matchers);
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
