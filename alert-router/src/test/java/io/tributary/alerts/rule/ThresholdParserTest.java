package io.tributary.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            up == 0                                     | up == 0
            up{job="a", host!='b'} != 1                 | up{host!="b",job="a"} != 1
            {__name__="up", job=~"a.*", x!~`bc`} > 1e3 | up{job=~"a.*",x!~"bc"} > 1000
            {"up.time", job="a",} >= .5                 | up.time{job="a"} >= 0.5
            job:rate5m < -1.5e-7                        | job:rate5m < -1.5e-07
            up <= - 0x1F                                | up <= -31
            up > +Inf                                   | up > +Inf
            up > -inf                                   | up > -Inf
            up != NaN                                   | up != NaN
            up{a="\\"\\n\\u00e9"} == 1                  | up{a="\\"
            """)
    void readsSelectorsComparisonsAndNumbers(String text, String canonical) {
        assertThat(ThresholdParser.parse(text).toString()).startsWith(canonical);
    }

    @Test
    void passesOverCommentsAndLines() {
        assertThat(ThresholdParser.parse("# full?\n  up # or not\n == 0").toString())
                .isEqualTo("up == 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            rate(hi[5m]) > 1     | 1:5: unexpected "(hi[5m]) > 1" (expected: a comparison)
            up                   | 1:3: unexpected the end (expected: a comparison)
            up == bool 1         | 1:7: unexpected "bool 1" (expected: a number)
            up[5m] > 1           | 1:3: unexpected "[5m] > 1" (expected: a comparison)
            up > 1 or down > 1   | 1:8: unexpected "or down > 1" (expected: the end)
            1 < up               | 1:1: unexpected "1 < up" (expected: a selector)
            up > up              | 1:6: unexpected "up" (expected: a number)
            up > 1d              | 1:6: unexpected "1d" (expected: a number)
            up{job} > 1          | 1:7: unexpected "} > 1" (expected: one of = != =~ !~)
            up{job="a} > 1       | 1:15: unexpected the end (expected: the closing quote)
            up{job=~"("} > 1     | 1:12: job: not a regular expression
            {job="a"} > 1        | 1:10: the selector names no metric by =
            {__name__=~"a.*"} >1 | 1:17: __name__ by =~ is not evaluated
            up{__name__="a"} > 1 | 1:16: metric name set twice: up and a
            """)
    void saysWhereAndWhyItStops(String text, String reason) {
        assertThatThrownBy(() -> ThresholdParser.parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void matchersTakeAnAbsentLabelForTheEmptyText() {
        Threshold threshold = ThresholdParser.parse("up{job=~\"a|b\", host!=\"c\", zone=\"\", rack!~\"r.+\"} == 0");
        assertThat(threshold.selects(Map.of("job", "a"))).isTrue();
        assertThat(threshold.selects(Map.of("job", "ab"))).isFalse();
        assertThat(threshold.selects(Map.of("job", "b", "host", "c"))).isFalse();
        assertThat(threshold.selects(Map.of("job", "b", "zone", "z"))).isFalse();
        assertThat(threshold.selects(Map.of("job", "b", "rack", "r1"))).isFalse();
    }
}
