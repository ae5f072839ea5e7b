package io.tributary.alerts.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import io.tributary.promql.parser.Parser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up == 0 | without (__name__)",
                "rate(x[5m]) > 5 | without (__name__)",
                "sum by (job, zone) (rate(x[5m])) | by (job, zone)",
                "sum without (pod) (x) | without (__name__, pod)",
                "sum by (job) (sum by (job, zone) (x)) | by (job)",
                "topk by (zone) (3, x) | by (zone)",
                "x / on (job, zone) group_left (team) y | by (job, zone)",
                "x / ignoring (code) y | without (__name__, code)",
                "x and y | without (__name__)",
                "x unless on (job) y | by (job)",
                "sum by (job) (x) / sum by (job) (y) > 0.5 | by (job)",
                "histogram_quantile(0.9, sum by (le, job) (rate(x_bucket[5m]))) | by (job)",
                "histogram_quantile(0.9, x) | without (__name__, le)",
                "label_replace(x, 'zone', '$1', 'host', '(.).*') | without (__name__, zone)",
                "count_values by (job) ('job', x) | by ()",
                "count_values by (job) ('version', x) | by (job)",
                "max_over_time(sum by (job) (x)[1h:1m]) | by (job)",
                "x > time() - 60 | without (__name__)",
                "(-x offset 5m) ^ 2 | without (__name__)",
            })
    void labelsThatKeepTheAnswer(String expression, String labels) {
        assertThat(sharding(expression)).hasToString(labels);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(x)",
                "count(x) > 5",
                "topk(3, x)",
                "absent(x)",
                "absent_over_time(x[5m])",
                "vector(1)",
                "x or vector(0)",
                "x unless on () y",
                "x > scalar(y)",
                "topk by (job) (scalar(y), x)",
                "1",
                "time() > bool 5",
                "hour() > 5",
                "sum by (job) (x) * on () group_left () y",
                "sum by (job) (x) > on (zone) sum by (zone) (y)",
            })
    void whatCannotBeSplit(String expression) {
        assertThat(sharding(expression).isEmpty()).isTrue();
    }

    @Test
    void setsOfLabels() {
        LabelSet some = LabelSet.of(List.of("a", "b"));
        LabelSet but = LabelSet.ALL.minus(List.of("b", "c"));
        assertThat(some.and(but)).isEqualTo(LabelSet.of(List.of("a")));
        assertThat(but.and(some)).isEqualTo(LabelSet.of(List.of("a")));
        assertThat(but.and(LabelSet.ALL.minus(List.of("d"))).contains("d")).isFalse();
        assertThat(some.minus(List.of("a", "b")).isEmpty()).isTrue();
        assertThat(but.contains("x")).isTrue();
    }

    private static LabelSet sharding(String expression) {
        return Sharding.of(Parser.parse(expression, Features.STABLE));
    }
}
