package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.part.Brokers;
import io.tributary.local.part.Port;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final Endpoints LOCAL =
            new Endpoints(Port.in(Map.of("TRIBUTARY_KAFKA_PORT", "19999")), new Brokers(1));

    @Test
    void isTheLocalSystemWhereNothingElseIsNamed() {
        assertThat(Target.of(Map.of(), LOCAL))
                .isEqualTo(new Target(
                        "127.0.0.1:19999",
                        "http://127.0.0.1:8081/apis/ccompat/v7",
                        "http://127.0.0.1:8083",
                        "http://127.0.0.1:4318"));
    }

    @Test
    void anEmptyVariableNamesNothing() {
        assertThat(Target.of(
                        Map.of(
                                "TRIBUTARY_KAFKA",
                                "",
                                "TRIBUTARY_REGISTRY",
                                "",
                                "TRIBUTARY_CONNECT",
                                "",
                                "TRIBUTARY_OTLP",
                                ""),
                        LOCAL))
                .isEqualTo(Target.of(Map.of(), LOCAL));
    }

    @Test
    void isWhatTheEnvironmentNames() {
        assertThat(Target.of(
                        Map.of(
                                "TRIBUTARY_KAFKA", "kafka:29092",
                                "TRIBUTARY_REGISTRY", "http://registry:8080/apis/ccompat/v7",
                                "TRIBUTARY_CONNECT", "http://connect:8083",
                                "TRIBUTARY_OTLP", "http://ingest-gateway:4318"),
                        LOCAL))
                .isEqualTo(new Target(
                        "kafka:29092",
                        "http://registry:8080/apis/ccompat/v7",
                        "http://connect:8083",
                        "http://ingest-gateway:4318"));
    }
}
