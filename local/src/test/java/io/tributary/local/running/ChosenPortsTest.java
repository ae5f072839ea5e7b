package io.tributary.local.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Endpoints;
import io.tributary.local.Home;
import io.tributary.local.part.Port;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenPortsTest {

    @Test
    void thoseOfTheRunningSystemWinOverTheEnvironment(@TempDir Path root) {
        ChosenPorts ports = ChosenPorts.of(Home.of(root, Map.of("TRIBUTARY_HOME", "second")));
        Map<String, String> first = Map.of("TRIBUTARY_KAFKA_PORT", "20001");
        Map<String, String> second = Map.of("TRIBUTARY_KAFKA_PORT", "20002");
        Endpoints endpoints = ports.endpoints(first);

        ports.write(endpoints);
        assertThat(ports.endpoints(second)).isEqualTo(endpoints);
        assertThat(ports.endpoints(second).kafka()).isEqualTo("127.0.0.1:20001");
        assertThat(ports.endpoints(second).port(Port.CONNECT)).isEqualTo(8083);

        ports.delete();
        assertThat(ports.endpoints(second).kafka()).isEqualTo("127.0.0.1:20002");
    }
}
