package io.tributary.alerts.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tributary.alerts.evaluation.GroupReport;
import io.tributary.alerts.evaluation.GroupReport.RuleReport;
import io.tributary.promql.rule.AlertingRule;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.alert.AlertState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A group as Prometheus's API shows it; lengths of time are in seconds. Prometheus: web/api/v1, "RuleGroup". */
record GroupView(
        String name,
        String file,
        double interval,
        int limit,
        double evaluationTime,
        String lastEvaluation,
        List<RuleView> rules) {
    /** Go's time that is none. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    /** A rule; null stands for what its kind does not have. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuleView(
            String type,
            String state,
            String name,
            String query,
            Double duration,
            Double keepFiringFor,
            Map<String, String> labels,
            Map<String, String> annotations,
            List<AlertView> alerts,
            String health,
            String lastError,
            String lastEvaluation) {
        private RuleView withoutAlerts() {
            return new RuleView(
                    type,
                    state,
                    name,
                    query,
                    duration,
                    keepFiringFor,
                    labels,
                    annotations,
                    null,
                    health,
                    lastError,
                    lastEvaluation);
        }
    }

    /** An alert. */
    record AlertView(
            Map<String, String> labels, Map<String, String> annotations, String state, String activeAt, String value) {
        static AlertView of(Alert alert) {
            return new AlertView(
                    alert.labels().toMap(),
                    alert.annotations().toMap(),
                    alert.state().text(),
                    Instant.ofEpochMilli(alert.activeAt()).toString(),
                    scientific(alert.value()));
        }
    }

    /** The group, with what is known of it in all its places. */
    static GroupView of(RuleGroup group, List<GroupReport> reports) {
        List<RuleView> rules = new ArrayList<>();
        long last = reports.stream().mapToLong(GroupReport::evaluatedAt).max().orElse(Alert.NEVER);
        long nanos = reports.stream().mapToLong(GroupReport::nanos).sum();
        for (int i = 0; i < group.rules().size(); i++) {
            int place = i;
            Rule rule = group.rules().get(i);
            // While rules are being changed, a report may be of the group as it was.
            rules.add(rule(
                    rule,
                    reports.stream()
                            .filter(report -> place < report.rules().size()
                                    && report.rules().get(place).rule().key().equals(rule.key()))
                            .map(report -> report.rules().get(place))
                            .toList(),
                    time(last)));
        }
        return new GroupView(
                group.name(),
                group.file(),
                group.interval().toMillis() / 1000.0,
                group.limit(),
                (double) nanos / TimeUnit.SECONDS.toNanos(1),
                time(last),
                rules);
    }

    private static RuleView rule(Rule rule, List<RuleReport> reports, String last) {
        String error = reports.stream()
                .flatMap(report -> report.error().stream())
                .findFirst()
                .orElse(null);
        String health = reports.isEmpty() ? "unknown" : error == null ? "ok" : "err";
        if (!(rule instanceof AlertingRule alerting)) {
            return new RuleView(
                    "recording",
                    null,
                    rule.name(),
                    rule.expr().toString(),
                    null,
                    null,
                    rule.labels(),
                    null,
                    null,
                    health,
                    error,
                    last);
        }
        List<Alert> alerts =
                reports.stream().flatMap(report -> report.alerts().stream()).toList();
        AlertState state =
                alerts.stream().map(Alert::state).max(AlertState::compareTo).orElse(AlertState.INACTIVE);
        return new RuleView(
                "alerting",
                state.text(),
                rule.name(),
                rule.expr().toString(),
                alerting.holdFor().toMillis() / 1000.0,
                alerting.keepFiringFor().toMillis() / 1000.0,
                rule.labels(),
                alerting.annotations(),
                alerts.stream().map(AlertView::of).toList(),
                health,
                error,
                last);
    }

    /** Only those of the rules, with or without their alerts. */
    GroupView only(Predicate<RuleView> wanted, boolean withoutAlerts) {
        List<RuleView> left = rules.stream()
                .filter(wanted)
                .map(rule -> withoutAlerts ? rule.withoutAlerts() : rule)
                .toList();
        return new GroupView(name, file, interval, limit, evaluationTime, lastEvaluation, left);
    }

    private static String time(long millis) {
        return millis == Alert.NEVER ? NEVER : Instant.ofEpochMilli(millis).toString();
    }

    /** Go's {@code FormatFloat(value, 'e', -1, 64)}. */
    private static String scientific(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0e+00" : "0e+00";
        }
        BigDecimal number = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = number.unscaledValue().abs().toString();
        int exponent = number.precision() - number.scale() - 1;
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() == 1 ? "" : "." + digits.substring(1))
                + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
