package io.tributary.connect.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {
    @Test
    void onlyLettersDigitsAndUnderscoresRemain() {
        assertThat(ColumnNames.clean("job:latency.p99/ü")).isEqualTo("job_latency_p99__");
        assertThat(ColumnNames.clean("9lives")).isEqualTo("_9lives");
    }

    @Test
    void labelsThatFallTogetherAreJoinedAndReservedOnesRenamed() {
        Map<String, String> labels = Map.of("host.name", "a", "host_name", "b", "Zone", "1", "zone", "2", "Value", "v");
        assertThat(ColumnNames.tags("up", new TreeMap<>(labels)))
                .isEqualTo(Map.of("host_name", "a;b", "Zone", "1;2", "label_Value", "v"));
    }

    @Test
    void aMetricWhoseTableHasAnotherNameIsNamedInATag() {
        assertThat(ColumnNames.tags("job:up", new TreeMap<>())).isEqualTo(Map.of("__name__", "job:up"));
        assertThat(ColumnNames.tags("Up", new TreeMap<>())).isEqualTo(Map.of("__name__", "Up"));
        assertThat(ColumnNames.tags("up", new TreeMap<>())).isEmpty();
    }
}
