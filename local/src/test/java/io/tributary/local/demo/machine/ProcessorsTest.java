package io.tributary.local.demo.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ProcessorsTest {

    @Test
    void utilizationIsTheShareSinceTheLastObservation() {
        Queue<List<CpuTimes>> readings = new ArrayDeque<>(List.of(
                List.of(new CpuTimes(0, 50, 0, 0, 50, 0), new CpuTimes(1, 0, 0, 0, 100, 0)),
                List.of(new CpuTimes(0, 60, 0, 10, 80, 0), new CpuTimes(1, 0, 0, 0, 100, 0))));
        Processors processors = new Processors(readings::remove);

        processors.utilizations(new Shares());
        Shares second = new Shares();
        processors.utilizations(second);

        assertThat(second.shares)
                .containsOnly(
                        Map.entry("0 user", 0.2),
                        Map.entry("0 nice", 0.0),
                        Map.entry("0 system", 0.2),
                        Map.entry("0 idle", 0.6),
                        Map.entry("0 iowait", 0.0));
    }

    private static final class Shares implements ObservableDoubleMeasurement {
        final Map<String, Double> shares = new HashMap<>();

        @Override
        public void record(double value) {
            throw new AssertionError("without attributes");
        }

        @Override
        public void record(double value, Attributes attributes) {
            shares.put(
                    attributes.get(AttributeKey.longKey("cpu.logical_number")) + " "
                            + attributes.get(AttributeKey.stringKey("cpu.mode")),
                    value);
        }
    }
}
