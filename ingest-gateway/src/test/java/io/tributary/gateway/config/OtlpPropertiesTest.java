package io.tributary.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OtlpPropertiesTest {
    private static OtlpProperties bind(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("tributary.otlp." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("tributary.otlp", OtlpProperties.class);
    }

    @Test
    void theDefaultsAreOtlpsPortsOnLoopback() {
        OtlpProperties defaults = bind(Map.of());

        assertThat(defaults.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(defaults.httpPort()).isEqualTo(4318);
        assertThat(defaults.grpcPort()).isEqualTo(4317);
        assertThat(defaults.limits().maxBody()).isEqualTo(16 << 20);
        assertThat(defaults.publisher().producerConfig(Map.of()))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.block.ms", 0L);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        Map<String, String> bad = Map.of(
                "http-port", "70000",
                "max-body", "1B",
                "max-decoded", "1KB",
                "max-connections", "0",
                "compression", "rar",
                "delivery-timeout", "0s",
                "tenant-header", "a b",
                "bind-address", " ");

        assertThatThrownBy(() -> bind(bad))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("tributary.otlp.http-port: 70000 (expected: 0 to 65535)")
                .hasMessageContaining("tributary.otlp.max-body: 1 (expected: ")
                .hasMessageContaining("tributary.otlp.max-decoded: 1024 (expected: ")
                .hasMessageContaining("tributary.otlp.max-connections: 0 (expected: ")
                .hasMessageContaining("tributary.otlp.compression: rar")
                .hasMessageContaining("tributary.otlp.delivery-timeout: PT0S")
                .hasMessageContaining("tributary.otlp.tenant-header: a b")
                .hasMessageContaining("tributary.otlp.bind-address: empty");
    }

    @Test
    void theLargestBodyMustBeAbleToWait() {
        assertThatThrownBy(() -> bind(Map.of("max-body", "2MB", "max-bytes-waiting", "1MB")))
                .rootCause()
                .hasMessageContaining(
                        "tributary.otlp.max-bytes-waiting: 1048576B (expected: at least max-body, 2097152B");
    }
}
