package io.tributary.connect.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.connect.influx.InfluxSinkConnector;
import io.tributary.connect.remotewrite.RemoteWriteSinkConnector;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A real worker says what is wrong with a configuration, property by property, all at once. */
class ConfigurationIT {
    @Test
    void everyMistakeIsToldAtItsProperty() {
        try (Workbench bench = new Workbench()) {
            Map<String, String> config = bench.config(
                    InfluxSinkConnector.class.getName(),
                    "elsewhere",
                    Map.of(
                            "store.type", "oracle",
                            "batch.max.bytes", "many",
                            "schema.registry.url", "registry",
                            "kafka.client.security.protocoll", "SSL"));
            config.put("name", "wrong");

            Map<String, String> errors = validate("InfluxSinkConnector", config);

            assertThat(errors.keySet())
                    .containsExactlyInAnyOrder(
                            "store.url",
                            "store.type",
                            "batch.max.bytes",
                            "schema.registry.url",
                            "kafka.client.security.protocoll",
                            "topics");
            assertThat(errors.get("store.type")).contains("oracle", "influxdb", "questdb");
            assertThat(errors.get("topics"))
                    .contains("elsewhere", bench.topics.rollups().name());
        }
    }

    @Test
    void aRightConfigurationHasNoErrors() {
        try (Workbench bench = new Workbench()) {
            Map<String, String> config = bench.config(
                    RemoteWriteSinkConnector.class.getName(),
                    bench.topics.metrics().name() + ',' + bench.topics.rollups().name(),
                    Map.of(
                            "store.url", "http://localhost:9090/api/v1/write",
                            "kafka.client.security.protocol", "PLAINTEXT"));
            config.put("name", "right");
            assertThat(validate("RemoteWriteSinkConnector", config)).isEmpty();
        }
    }

    private static Map<String, String> validate(String plugin, Map<String, String> config) {
        JsonNode answer = Workbench.read(Workbench.put(
                        Workbench.connectUrl() + "/connector-plugins/" + plugin + "/config/validate",
                        Workbench.write(config))
                .body());
        Map<String, String> errors = new TreeMap<>();
        for (JsonNode one : answer.path("configs")) {
            JsonNode value = one.path("value");
            if (!value.path("errors").isEmpty()) {
                errors.put(value.path("name").asText(), value.path("errors").toString());
            }
        }
        assertThat(answer.path("error_count").asInt()).as(answer.toString()).isGreaterThanOrEqualTo(errors.size());
        return errors;
    }
}
