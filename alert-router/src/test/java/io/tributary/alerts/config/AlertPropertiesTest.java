package io.tributary.alerts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlertPropertiesTest {
    @Test
    void everyValueThatIsNeededHasADefault() {
        AlertProperties defaults = bind(Map.of());
        assertThat(defaults.ruleFiles()).isEmpty();
        assertThat(defaults.configFile()).isNull();
        assertThat(defaults.evaluation().lookBack()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.sampleBytes()).isPositive();
    }

    @Test
    void everyProblemIsToldAtOnce() {
        Map<String, String> bad = Map.of(
                "evaluation-interval", "0s",
                "evaluation-delay", "-1s",
                "longest-wait", "0s",
                "look-back", "100ns",
                "resend-delay", "0s",
                "reload-interval", "0s",
                "no-data-retention", "0s",
                "sample-memory", "0B",
                "max-body-size", "65MB",
                "features", "promql-duration-expr,time-travel");
        assertThatThrownBy(() -> bind(bad))
                .rootCause()
                .hasMessage(String.join(
                        "; ",
                        "tributary.alerts.evaluation-interval: PT0S (expected: at least PT0.001S)",
                        "tributary.alerts.evaluation-delay: PT-1S (expected: at least PT0.001S)",
                        "tributary.alerts.longest-wait: PT0S (expected: at least PT0.001S)",
                        "tributary.alerts.look-back: PT0.0000001S (expected: at least PT0.001S)",
                        "tributary.alerts.resend-delay: PT0S (expected: at least PT0.001S)",
                        "tributary.alerts.reload-interval: PT0S (expected: at least PT0.001S)",
                        "tributary.alerts.no-data-retention: PT0S (expected: at least PT0.001S)",
                        "tributary.alerts.max-body-size: 68157440B (expected: 1B to 67108864B)",
                        "tributary.alerts.sample-memory: 0B (expected: at least 1B)",
                        "tributary.alerts.features: time-travel (expected: promql-binop-fill-modifiers,"
                                + " promql-delayed-name-removal, promql-duration-expr, promql-experimental-functions,"
                                + " promql-extended-range-selectors, type-and-unit-labels, use-start-timestamps)"));
    }

    private static AlertProperties bind(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("tributary.alerts." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("tributary.alerts", AlertProperties.class);
    }
}
