package io.tributary.traces.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.traces.stream.TraceSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class TracePropertiesTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void everyValueHasADefault() {
        runner.run(context -> {
            TraceSettings settings = context.getBean(TraceProperties.class).settings();
            assertThat(settings.closing().quiet()).isEqualTo(Duration.ofSeconds(2));
            assertThat(settings.closing().marker()).isEqualTo(Duration.ofHours(24));
            assertThat(settings.limits().partBytes()).isEqualTo(1 << 20);
            assertThat(settings.edges().length()).isEqualTo(Duration.ofMinutes(1));
            assertThat(settings.clockCap()).isEqualTo(Duration.ofMinutes(1));
            long heap = Runtime.getRuntime().maxMemory();
            assertThat(settings.heldBytes()).isBetween(heap / 5, heap / 3);
        });
    }

    @Test
    void valuesAreBound() {
        runner.withPropertyValues(
                        "tributary.traces.closing.quiet=5s",
                        "tributary.traces.limits.part-bytes=2MB",
                        "tributary.traces.memory=5MB")
                .run(context -> {
                    TraceSettings settings =
                            context.getBean(TraceProperties.class).settings();
                    assertThat(settings.closing().quiet()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(settings.limits().partBytes()).isEqualTo(2 << 20);
                    assertThat(settings.heldBytes()).isEqualTo(5 << 20);
                });
    }

    @Test
    void wrongValuesStopTheStartAndAreAllNamed() {
        runner.withPropertyValues(
                        "tributary.traces.closing.idle=1s",
                        "tributary.traces.limits.part-bytes=5MB",
                        "tributary.traces.edges.window=10ms",
                        "tributary.traces.clock-cap=-1s",
                        "tributary.traces.memory=10KB")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContainingAll(
                                "tributary.traces.closing.idle: PT1S (expected: at least quiet: PT2S)",
                                "tributary.traces.limits.part-bytes: 5242880 (expected: 1 to 3932160)",
                                "tributary.traces.edges.window: PT0.01S (expected: at least 1 s)",
                                "tributary.traces.clock-cap: PT-1S (expected: at least 0)",
                                "tributary.traces.memory: 10240B (expected: at least 1 MB)"));
    }

    @Test
    void unknownKeysStopTheStart() {
        runner.withPropertyValues("tributary.traces.closing.quite=5s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("tributary.traces.closing.quite"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(TraceProperties.class)
    static class Bound {}
}
