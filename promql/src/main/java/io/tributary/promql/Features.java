package io.tributary.promql;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Experimental parts of the language that are switched on; all others are errors where they are written. */
public record Features(Set<Feature> enabled) {

    /** One experimental part, named as Prometheus's {@code --enable-feature} names it. */
    public enum Feature {
        PROMQL_EXPERIMENTAL_FUNCTIONS,
        /** Arithmetic where durations stand. */
        PROMQL_DURATION_EXPR,
        /** {@code anchored} and {@code smoothed}. */
        PROMQL_EXTENDED_RANGE_SELECTORS,
        /** {@code fill}, {@code fill_left} and {@code fill_right}. */
        PROMQL_BINOP_FILL_MODIFIERS,
        /** A series loses its name at the end of the query, not at each operation. */
        PROMQL_DELAYED_NAME_REMOVAL,
        /** Types and units as labels take part as the metric's name does. */
        TYPE_AND_UNIT_LABELS,
        /** Start timestamps of samples count in {@code rate} and its like. */
        USE_START_TIMESTAMPS;

        /** For instance {@code promql-duration-expr}. */
        public String flag() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a Prometheus without flags understands. */
    public static final Features STABLE = new Features(Set.of());

    /** Everything. */
    public static final Features ALL = new Features(Set.of(Feature.values()));

    public Features {
        enabled = Set.copyOf(enabled);
    }

    /** These but for those. */
    public Features without(Collection<Feature> others) {
        return new Features(
                enabled.stream().filter(feature -> !others.contains(feature)).collect(Collectors.toSet()));
    }

    public boolean has(Feature feature) {
        return enabled.contains(feature);
    }
}
