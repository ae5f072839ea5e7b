package io.tributary.gateway.prometheus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Prometheus name of an OpenTelemetry metric: characters that Prometheus lacks become underscores, then the unit
 * and {@code total} follow unless the name has them. OpenTelemetry: compatibility/prometheus_and_openmetrics.md,
 * "Metric Metadata".
 */
public final class MetricName {
    /** What a metric is, as far as its name tells. */
    public enum Style {
        /** A monotonic sum: its name ends in {@code total}. */
        COUNTER,
        /** A gauge: with unit 1 its name ends in {@code ratio}. */
        GAUGE,
        /** Anything else. */
        OTHER
    }

    private static final String TOTAL = "total";
    private static final String RATIO = "ratio";

    private MetricName() {}

    /** The name; empty when nothing of the source's name can stand in one. */
    public static String of(String name, String unit, Style style) {
        String clean = Names.tokens(name, true);
        if (clean.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>(Arrays.asList(clean.split("_")));
        String counted = style == Style.COUNTER ? TOTAL : style == Style.GAUGE && unit.equals("1") ? RATIO : "";
        addUnit(parts, Units.of(unit));
        if (!counted.isEmpty()) {
            parts.removeIf(counted::equals);
            parts.add(counted);
        }
        String joined = String.join("_", parts);
        return Names.isDigit(joined.charAt(0)) ? "_" + joined : joined;
    }

    private static void addUnit(List<String> parts, Units unit) {
        if (!unit.counted().isEmpty() && !parts.contains(unit.counted())) {
            parts.add(unit.counted());
        }
        if (!unit.per().isEmpty() && !parts.contains(unit.per())) {
            parts.add("per");
            parts.add(unit.per());
        }
    }
}
