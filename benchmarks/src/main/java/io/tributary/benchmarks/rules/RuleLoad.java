package io.tributary.benchmarks.rules;

import io.tributary.promql.label.Labels;
import java.util.Map;

/**
 * Rules over series, the same each time: a hundred metrics of a hundred jobs, and rules of the usual kinds, each over
 * the series that one metric has in one job.
 *
 * @param rules how many, at most 10,000, so that each reads series of its own; half of them record, and none fires
 * @param series how many; a multiple of 10,000, so that each metric of each job has the same number of instances
 */
record RuleLoad(int rules, int series) {
    /** Between two samples of a series, and between two evaluations, in milliseconds. */
    static final long INTERVAL = 15_000;

    private static final int METRICS = 100;
    private static final int JOBS = 100;
    private static final int ZONES = 3;
    private static final int RULES_IN_GROUP = 20;

    /** The rules as a file: rates by job, plain bounds, extremes by job and zone, and extremes over time. */
    String ruleFile() {
        StringBuilder text = new StringBuilder("groups:\n");
        for (int i = 0; i < rules; i++) {
            if (i % RULES_IN_GROUP == 0) {
                text.append("  - name: group").append(i / RULES_IN_GROUP).append("\n    interval: 15s\n    rules:\n");
            }
            String selector = "m" + i % METRICS + "{job=\"job" + i / METRICS % JOBS + "\"}";
            String rule = switch (i % 4) {
                case 0 -> "record: 'r:%d', expr: 'sum by (job) (rate(%s[2m]))'";
                case 1 -> "alert: A%d, expr: '%s > 1e12', for: 1m";
                case 2 -> "record: 'r:%d', expr: 'max by (job, zone) (%s)'";
                default -> "alert: A%d, expr: 'max_over_time(%s[2m]) > 1e12', for: 1m";
            };
            text.append("      - {").append(rule.formatted(i, selector)).append("}\n");
        }
        return text.toString();
    }

    /** How many series the rules record. */
    int recorded() {
        return rules / 4 * (1 + Math.min(ZONES, series / METRICS / JOBS));
    }

    static String metric(int series) {
        return "m" + series % METRICS;
    }

    /** Labels of a series, without its name. */
    static Map<String, String> labels(int series) {
        int instance = series / METRICS / JOBS;
        return Map.of(
                "job", "job" + series / METRICS % JOBS, "instance", "i" + instance, "zone", "z" + instance % ZONES);
    }

    /** The same with the name, sorted. */
    static Labels identity(int series) {
        Map<String, String> labels = labels(series);
        return Labels.of(labels).with(Labels.NAME, metric(series));
    }

    /** A counter that counts for ever, faster in some series than in others. */
    static double value(int series, long time) {
        return time / INTERVAL % 1_000_000 * (series % 7 + 1.0);
    }
}
