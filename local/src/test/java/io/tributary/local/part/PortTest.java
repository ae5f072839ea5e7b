package io.tributary.local.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PortTest {

    @Test
    void isTheUsualOneUnlessTheEnvironmentMovesIt() {
        Map<Port, Integer> ports =
                Port.in(Map.of("TRIBUTARY_KAFKA_PORT", "19999", "TRIBUTARY_OTLP_HTTP_PORT", " 20000 "));
        assertThat(ports)
                .hasSize(Port.values().length)
                .containsEntry(Port.KAFKA, 19_999)
                .containsEntry(Port.OTLP_HTTP, 20_000)
                .containsEntry(Port.OTLP_GRPC, 4317)
                .containsEntry(Port.ALERT_ROUTER_MANAGEMENT, 8105);
    }

    @Test
    void namesAllVariablesThatAreNoPorts() {
        assertThatThrownBy(() -> Port.in(Map.of(
                        "TRIBUTARY_KAFKA_PORT",
                        "0",
                        "TRIBUTARY_CONNECT_PORT",
                        "65536",
                        "TRIBUTARY_QUESTDB_PORT",
                        "nine")))
                .hasMessageContaining("TRIBUTARY_KAFKA_PORT: 0 (expected: a port, 1 to 65535)")
                .hasMessageContaining("TRIBUTARY_CONNECT_PORT: 65536")
                .hasMessageContaining("TRIBUTARY_QUESTDB_PORT: nine");
    }

    @Test
    void refusesAPortForTwo() {
        assertThatThrownBy(() -> Port.in(Map.of("TRIBUTARY_KAFKA_PORT", "9200")))
                .hasMessage("TRIBUTARY_KAFKA_PORT, TRIBUTARY_ELASTICSEARCH_PORT: all 9200 (expected: a port for each)");
    }
}
