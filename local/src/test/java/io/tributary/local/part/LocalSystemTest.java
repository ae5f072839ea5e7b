package io.tributary.local.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.local.Endpoints;
import io.tributary.local.Home;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSystemTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    @Test
    void everyPartComesAfterThoseThatItWaitsFor() {
        Set<String> before = new HashSet<>();
        for (Part part : system().parts()) {
            assertThat(before).as(part.name()).containsAll(part.after());
            before.add(part.name());
        }
    }

    @Test
    void aPartBringsWhatItNeeds() {
        assertThat(names(system().parts(List.of("log-indexer"))))
                .containsExactly("kafka", "elasticsearch", "registry", "log-indexer");
        assertThat(names(system().parts(List.of("connect", "questdb")))).containsExactly("kafka", "questdb", "connect");
    }

    @Test
    void everyServiceWaitsForAllBrokers() {
        List<String> brokers = List.of("kafka", "kafka-2", "kafka-3");
        assertThat(names(system(3).parts())).startsWith("kafka", "kafka-2", "kafka-3");
        assertThat(names(system(3).parts(List.of("ingest-gateway")))).containsAll(brokers);
        assertThat(names(system(3).parts(List.of("connect")))).containsAll(brokers);
        assertThat(system(3).endpoints().kafka()).isEqualTo("127.0.0.1:9092,127.0.0.1:9094,127.0.0.1:9095");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.in(Map.of(Brokers.VARIABLE, "2")))
                .withMessage("TRIBUTARY_KAFKA_BROKERS: 2 (expected: 1 or 3)");
    }

    @Test
    void anUnknownPartIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> system().parts(List.of("kafka", "zookeeper")))
                .withMessageStartingWith("parts: zookeeper (expected: any of kafka, elasticsearch");
    }

    @Test
    void theTraceAssemblerHoldsMoreThanItWouldByItself() {
        List<Part> parts = system().parts(List.of("trace-assembler"));
        assertThat(parts.getLast().server().environment()).containsEntry("TRIBUTARY_TRACES_MEMORY", "150MB");
    }

    @Test
    void theTraceAssemblerHoldsWhatTheEnvironmentSays() {
        List<Part> parts = system(1, Map.of("TRIBUTARY_TRACES_MEMORY", "80MB")).parts(List.of("trace-assembler"));
        assertThat(parts.getLast().server().environment()).containsEntry("TRIBUTARY_TRACES_MEMORY", "80MB");
    }

    private static List<String> names(List<Part> parts) {
        return parts.stream().map(Part::name).toList();
    }

    private LocalSystem system() {
        return system(1);
    }

    private LocalSystem system(int brokers) {
        return system(brokers, Map.of());
    }

    private LocalSystem system(int brokers, Map<String, String> environment) {
        Map<Port, Integer> ports = Arrays.stream(Port.values()).collect(Collectors.toMap(port -> port, Port::usual));
        return new LocalSystem(
                Home.of(ROOT, Map.of(Home.VARIABLE, folder.toString())),
                new Endpoints(ports, new Brokers(brokers)),
                environment);
    }
}
