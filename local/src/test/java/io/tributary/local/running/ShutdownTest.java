package io.tributary.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.TestParts;
import io.tributary.local.part.Part;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private final TestParts make = new TestParts(Path.of("unused"));

    @Test
    void stopsNoPartBeforeThoseThatWaitForIt() {
        Part kafka = make.sleeper("kafka");
        Part registry = make.sleeper("registry");
        Part gateway = make.sleeper("gateway", "kafka", "registry");
        Part store = make.sleeper("store");
        Part sink = make.sleeper("sink", "kafka", "store");
        Part view = make.sleeper("view", "sink");
        assertThat(Shutdown.waves(List.of(kafka, registry, gateway, store, sink, view)))
                .containsExactly(List.of(gateway, view), List.of(registry, sink), List.of(kafka, store));
    }

    @Test
    void refusesACircle() {
        assertThatThrownBy(() -> Shutdown.waves(List.of(make.sleeper("a", "b"), make.sleeper("b", "a"))))
                .hasMessageContaining("circle");
    }
}
