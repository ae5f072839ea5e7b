package io.tributary.promql.ast;

import java.util.Locale;
import java.util.Optional;

/** Aggregation operators. */
public enum Aggregator {
    SUM,
    AVG,
    COUNT,
    MIN,
    MAX,
    GROUP,
    STDDEV,
    STDVAR,
    TOPK(ValueType.SCALAR, false),
    BOTTOMK(ValueType.SCALAR, false),
    COUNT_VALUES(ValueType.STRING, false),
    QUANTILE(ValueType.SCALAR, false),
    LIMITK(ValueType.SCALAR, true),
    LIMIT_RATIO(ValueType.SCALAR, true);

    private final Optional<ValueType> parameter;
    private final boolean experimental;

    Aggregator() {
        this.parameter = Optional.empty();
        this.experimental = false;
    }

    Aggregator(ValueType parameter, boolean experimental) {
        this.parameter = Optional.of(parameter);
        this.experimental = experimental;
    }

    /** As written, for instance {@code count_values}. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of its parameter; absent if it takes none. */
    public Optional<ValueType> parameter() {
        return parameter;
    }

    public boolean experimental() {
        return experimental;
    }
}
