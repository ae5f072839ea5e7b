package io.tributary.promql.rule.unittest;

import io.tributary.promql.rule.unittest.UnitTestFile.AlertTest;
import io.tributary.promql.rule.unittest.UnitTestFile.ExpectedAlert;
import io.tributary.promql.rule.unittest.UnitTestFile.ExpectedSample;
import io.tributary.promql.rule.unittest.UnitTestFile.ExprTest;
import io.tributary.promql.rule.unittest.UnitTestFile.InputSeries;
import io.tributary.promql.rule.unittest.UnitTestFile.TestGroup;
import io.tributary.promql.rule.yaml.Complaints;
import io.tributary.promql.rule.yaml.YamlDocument;
import io.tributary.promql.rule.yaml.YamlFields;
import io.tributary.promql.rule.yaml.YamlValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a unit-test file. */
final class UnitTestFileReader {

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    private final Complaints complaints;

    UnitTestFileReader(Complaints complaints) {
        this.complaints = complaints;
    }

    /** What can be read; if something is complained of it is not to be used. */
    UnitTestFile read(String text) {
        YamlFields none = YamlDocument.read("{}", complaints).orElseThrow().fields();
        YamlFields fields =
                YamlDocument.read(text, complaints).map(YamlValue::fields).orElse(none);
        fields.allow(List.of("rule_files", "evaluation_interval", "group_eval_order", "tests", "fuzzy_compare"));
        Duration interval = duration(fields, "evaluation_interval");
        Duration evaluationInterval = interval.isZero() ? DEFAULT_INTERVAL : interval;
        return new UnitTestFile(
                list(fields, "rule_files", YamlValue::text),
                evaluationInterval,
                groupOrder(fields),
                fields.get("fuzzy_compare").map(YamlValue::bool).orElse(false),
                list(fields, "tests", test -> testGroup(test.fields(), evaluationInterval)));
    }

    private List<String> groupOrder(YamlFields fields) {
        List<String> names = list(fields, "group_eval_order", YamlValue::text);
        var known = new HashSet<String>();
        names.stream()
                .filter(name -> !known.add(name))
                .forEach(name -> complaints.add(
                        fields.place("group_eval_order"), "group name repeated in evaluation order: " + name));
        return names;
    }

    private TestGroup testGroup(YamlFields fields, Duration evaluationInterval) {
        fields.allow(List.of(
                "name",
                "interval",
                "input_series",
                "alert_rule_test",
                "promql_expr_test",
                "external_labels",
                "external_url",
                "start_timestamp"));
        Duration interval = duration(fields, "interval");
        return new TestGroup(
                text(fields, "name"),
                interval.isZero() ? evaluationInterval : interval,
                list(fields, "input_series", series -> inputSeries(series.fields())),
                list(fields, "alert_rule_test", test -> alertTest(test.fields())),
                list(fields, "promql_expr_test", test -> exprTest(test.fields())),
                texts(fields, "external_labels"),
                text(fields, "external_url"),
                fields.get("start_timestamp").map(this::time).orElse(0L));
    }

    private static InputSeries inputSeries(YamlFields fields) {
        fields.allow(List.of("series", "values"));
        return new InputSeries(text(fields, "series"), text(fields, "values"));
    }

    private static AlertTest alertTest(YamlFields fields) {
        fields.allow(List.of("eval_time", "alertname", "exp_alerts"));
        return new AlertTest(
                duration(fields, "eval_time"),
                text(fields, "alertname"),
                list(fields, "exp_alerts", alert -> expectedAlert(alert.fields())));
    }

    private static ExpectedAlert expectedAlert(YamlFields fields) {
        fields.allow(List.of("exp_labels", "exp_annotations"));
        return new ExpectedAlert(texts(fields, "exp_labels"), texts(fields, "exp_annotations"));
    }

    private static ExprTest exprTest(YamlFields fields) {
        fields.allow(List.of("expr", "eval_time", "exp_samples"));
        return new ExprTest(
                text(fields, "expr"),
                duration(fields, "eval_time"),
                list(fields, "exp_samples", sample -> expectedSample(sample.fields())));
    }

    private static ExpectedSample expectedSample(YamlFields fields) {
        fields.allow(List.of("labels", "value", "histogram"));
        return new ExpectedSample(
                text(fields, "labels"),
                fields.get("value").map(YamlValue::number).orElse(0.0),
                text(fields, "histogram"));
    }

    /** The milliseconds of a number of seconds, or of a time as RFC 3339 has it. */
    private long time(YamlValue value) {
        String text = value.text();
        try {
            return text.isEmpty() ? 0 : new BigDecimal(text).movePointRight(3).longValue();
        } catch (NumberFormatException noNumber) {
            try {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            } catch (DateTimeException noTime) {
                complaints.add(
                        value.place(),
                        "cannot parse " + text
                                + " to a valid timestamp (expected: seconds, or such as 2024-01-01T00:00:00Z)");
                return 0;
            }
        }
    }

    private static String text(YamlFields fields, String name) {
        return fields.get(name).map(YamlValue::text).orElse("");
    }

    private static Duration duration(YamlFields fields, String name) {
        return fields.get(name).map(YamlValue::duration).orElse(Duration.ZERO);
    }

    private static Map<String, String> texts(YamlFields fields, String name) {
        return fields.get(name).map(YamlValue::texts).orElse(Map.of());
    }

    private static <T> List<T> list(YamlFields fields, String name, Function<YamlValue, T> item) {
        return fields.get(name).map(YamlValue::list).orElse(List.of()).stream()
                .map(item)
                .toList();
    }
}
