package io.tributary.metrics.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.stream.RollupSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;

class MetricsPropertiesTest {
    private static final RollupSettings DEFAULTS = new RollupSettings(
            List.of(Duration.ofMinutes(1)),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            96L << 20);

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Binding.class);

    @Test
    void theShippedFileSaysWhatTheDefaultsAre() {
        runner.run(
                context -> assertThat(context.getBean(MetricsProperties.class).toSettings())
                        .isEqualTo(DEFAULTS));
        runner.withInitializer(context -> load(context.getEnvironment()))
                .run(context -> assertThat(
                                context.getBean(MetricsProperties.class).toSettings())
                        .isEqualTo(DEFAULTS));
    }

    @Test
    void severalWindowsAreSeparatedByCommas() {
        runner.withPropertyValues("tributary.metrics.windows=10s,1m,1h")
                .run(context -> assertThat(
                                context.getBean(MetricsProperties.class).windows())
                        .containsExactly(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1)));
    }

    @Test
    void anInvalidValueAndAnUnknownKeyStopTheStart() {
        runner.withPropertyValues(
                        "tributary.metrics.grace=-1s", "tributary.metrics.memory=5s", "tributary.metrics.held=2GB")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("tributary.metrics.grace: PT-1S")
                        .hasMessageContaining("tributary.metrics.memory: PT5S")
                        .hasMessageContaining("tributary.metrics.held: 2147483648 bytes"));
        runner.withPropertyValues("tributary.metrics.idle=0s", "tributary.metrics.series-per-metric=0")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("tributary.metrics.idle: PT0S (expected: PT1S to")
                        .hasMessageContaining("tributary.metrics.series-per-metric: 0 (expected: 1 to"));
        runner.withPropertyValues("tributary.metrics.gracious=1s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("tributary.metrics.gracious"));
    }

    private static void load(ConfigurableEnvironment environment) {
        try {
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yml"))
                    .forEach(environment.getPropertySources()::addFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MetricsProperties.class)
    static class Binding {}
}
