package io.tributary.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfigurationTest {
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(realErr);
    }

    @Test
    void anUnknownKeyStopsTheStartWithOneLine() {
        assertThat(failure("--tributary.kafka.bootstrap-server=here:9092"))
                .isEqualTo("Not started. Configuration: tributary.kafka.bootstrap-server: unknown key"
                        + " (expected: a documented one)");
    }

    @Test
    void everyInvalidValueIsNamedInOneLine() {
        assertThat(failure("--tributary.kafka.partitions=0", "--tributary.kafka.registry-url=ftp://here"))
                .isEqualTo("Not started. Configuration: tributary.kafka.registry-url: ftp://here"
                        + " (expected: an http or https URL); tributary.kafka.partitions: 0 (expected: at least 1)");
    }

    @Test
    void moreCopiesInSyncThanThereAreIsRefused() {
        assertThat(failure("--tributary.kafka.replication=2", "--tributary.kafka.min-in-sync=3"))
                .isEqualTo(
                        "Not started. Configuration: tributary.kafka.min-in-sync: 3 (expected: 1 to the replication)");
    }

    @Test
    void aValueOfTheWrongTypeIsNamed() {
        assertThat(failure("--tributary.kafka.partitions=many"))
                .startsWith("Not started. Configuration: ")
                .contains("many");
    }

    @Test
    void theEnvironmentGivesClientsAndStreamsAnySettingOfTheirs() {
        KafkaProperties kafka = bound(Map.of(
                "TRIBUTARY_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL",
                "TRIBUTARY_KAFKA_CLIENT_SASL_JAAS_CONFIG", "a secret",
                "TRIBUTARY_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", "/etc/kafka-client/ca.crt",
                "TRIBUTARY_KAFKA_STREAMS_NUM_STANDBY_REPLICAS", "1",
                "TRIBUTARY_KAFKA_STREAMS_CONSUMER_SESSION_TIMEOUT_MS", "60000",
                "TRIBUTARY_KAFKA_INSTANCE", "trace-assembler-0"));

        assertThat(kafka.clientConfig())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "a secret")
                .containsEntry("ssl.truststore.location", "/etc/kafka-client/ca.crt");
        assertThat(kafka.streams())
                .containsEntry("num.standby.replicas", "1")
                .containsEntry("consumer.session.timeout.ms", "60000");
        assertThat(kafka.staticInstance()).contains("trace-assembler-0");
    }

    @Test
    void anEmptyInstanceMeansDynamicMembership() {
        assertThat(bound(Map.of("TRIBUTARY_KAFKA_INSTANCE", "")).staticInstance())
                .isEmpty();
    }

    private static KafkaProperties bound(Map<String, Object> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bindOrCreate("tributary.kafka", KafkaProperties.class);
    }

    private String failure(String... arguments) {
        SpringApplication application = new SpringApplication(Service.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> application.run(arguments).close()).isNotNull();
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("Not started."))
                .reduce((one, another) -> another)
                .orElse(err.toString(StandardCharsets.UTF_8));
    }

    @EnableConfigurationProperties(KafkaProperties.class)
    static class Service {}
}
