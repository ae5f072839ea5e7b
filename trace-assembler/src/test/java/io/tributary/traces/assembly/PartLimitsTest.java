package io.tributary.traces.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartLimitsTest {
    private static final PartLimits LIMITS = new PartLimits(100, 3, 1000, 10, 20);

    @Test
    void partsKeepTheirBytesAndTheirSpans() {
        assertThat(sizes(60, 40, 1)).containsExactly(List.of(60, 40), List.of(1));
        assertThat(sizes(1, 1, 1, 1)).containsExactly(List.of(1, 1, 1), List.of(1));
        assertThat(sizes(50)).containsExactly(List.of(50));
    }

    @Test
    void aSpanOverTheLimitGoesAlone() {
        assertThat(sizes(10, 101, 10, 10)).containsExactly(List.of(10), List.of(101), List.of(10, 10));
        assertThat(sizes(500, 10)).containsExactly(List.of(500), List.of(10));
    }

    @Test
    void aTraceIsFullBySpansOrBytes() {
        TraceState state = TraceState.NEW;
        for (int i = 0; i < 9; i++) {
            state = state.arrived(i, 100, false);
        }
        assertThat(LIMITS.isFull(state)).isFalse();
        assertThat(LIMITS.isFull(state.arrived(9, 1, false))).isTrue();
        assertThat(LIMITS.isFull(TraceState.NEW.arrived(1, 1000, false))).isTrue();
    }

    @Test
    void everyWrongValueIsNamed() {
        assertThatThrownBy(() -> new PartLimits(64 << 20, 0, 1, 0, -1))
                .hasMessageContainingAll(
                        "part-bytes: 67108864 (expected: 1 to 3932160)", "part-spans: 0", "pending-bytes: 1")
                .hasMessageContainingAll("pending-spans: 0", "known-spans: -1");
    }

    private static List<List<Integer>> sizes(int... bytes) {
        List<SpanFacts> spans = new ArrayList<>();
        for (int one : bytes) {
            spans.add(new SpanFacts(spans.size() + 1, SpanKind.INTERNAL, 0, "s", "o", 1, 2, false, one));
        }
        return LIMITS.split(spans).stream()
                .map(part -> part.stream().map(SpanFacts::bytes).toList())
                .toList();
    }
}
