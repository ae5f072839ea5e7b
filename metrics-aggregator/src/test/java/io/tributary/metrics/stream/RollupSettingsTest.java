package io.tributary.metrics.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollupSettingsTest {
    @Test
    void everyProblemIsNamedAtOnce() {
        assertThatThrownBy(() -> new RollupSettings(
                        List.of(Duration.ofMillis(1500), Duration.ofMinutes(5)),
                        Duration.ofSeconds(-1),
                        Duration.ZERO,
                        Duration.ofDays(32),
                        Duration.ofMinutes(1),
                        -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tributary.metrics.windows: PT1.5S (expected: whole seconds")
                .hasMessageContaining("tributary.metrics.grace: PT-1S (expected: PT0S to")
                .hasMessageContaining("tributary.metrics.idle: PT0S (expected: PT1S to")
                .hasMessageContaining("tributary.metrics.future: PT768H (expected: PT0S to PT744H)")
                .hasMessageContaining("tributary.metrics.memory: PT1M (expected: PT5M to")
                .hasMessageContaining("tributary.metrics.held: -1 bytes (expected: 0 to 1073741824)");
    }

    @Test
    void atLeastOneWindowIsNeeded() {
        assertThatThrownBy(() -> new RollupSettings(
                        List.of(), Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO, Duration.ofHours(1), 0))
                .hasMessage("tributary.metrics.windows: 0 lengths (expected: 1 to 8)");
    }
}
