package io.tributary.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Map<String, String> LABELS = Map.of("instance", "web-1", "job", "shop", "a-b", "dashed");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            plain                                        | 1     | plain
            {{ $labels.instance }} of {{$labels.job}}    | 1     | web-1 of shop
            [{{ $labels.missing }}]                      | 1     | []
            {{ .Labels.job }} {{ .Value }}               | 0.25  | shop 0.25
            {{ $value }}                                 | 1e21  | 1e+21
            {{ $value }}                                 | 100   | 100
            {{ $value }}                                 | 1e-5  | 1e-05
            {{ index $labels "a-b" }}                    | 1     | dashed
            a {{- $value -}} b                           | 1     | a1b
            {{/* nothing */}}x                           | 1     | x
            """)
    void expandsLabelsAndValue(String template, double value, String text) {
        assertThat(Template.parse(template).expand(LABELS, value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {{ $value | humanize }};1234567;1.235M
            {{ $value | humanize }};0.12;120m
            {{ humanize $value }};0;0
            {{ $value | humanize1024 }};1048576;1Mi
            {{ $value | humanizeDuration }};899.99;14m 59s
            {{ $value | humanizeDuration }};90000;1d 1h 0m 0s
            {{ $value | humanizeDuration }};0.0001;100us
            {{ $value | humanizeDuration }};12.345;12.35s
            {{ $value | humanizePercentage }};0.1234567;12.35%
            {{ $value | humanizePercentage }};1.23456;123.5%
            {{ printf "%.2f s" $value }};1.005;1.00 s
            {{ $value | printf "%.0f" }};99.6;100
            {{ $labels.job | toUpper | toLower | title }};1;Shop
            """)
    void pipesThroughFunctions(String template, double value, String text) {
        assertThat(Template.parse(template).expand(LABELS, value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ $label.instance }}",
                "{{$this_is_wrong}}",
                "{{$labels.quantile * 100}}",
                "{{ query \"up\" | first | value }}",
                "{{ range . }}x{{ end }}",
                "{{ }}",
                "{{ $value"
            })
    void refusesWhatItDoesNotKnow(String template) {
        assertThatThrownBy(() -> Template.parse(template)).isInstanceOf(ExpressionException.class);
    }
}
