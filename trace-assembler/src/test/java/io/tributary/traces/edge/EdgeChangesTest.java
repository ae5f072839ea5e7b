package io.tributary.traces.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.traces.tree.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeChangesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long ARRIVAL_MILLIS = 600_000;
    private static final EdgeWindows WINDOWS = new EdgeWindows(
            Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofSeconds(1));

    private final EdgeChanges changes = new EdgeChanges(WINDOWS);

    @Test
    void callsAreSummedByEdgeAndWindowAndTenant() {
        changes.add(
                "default",
                ARRIVAL_MILLIS,
                List.of(
                        call("a", "b", 600 * SECOND, 3, false),
                        call("a", "b", 660 * SECOND, 50, false),
                        call("b", "a", 600 * SECOND, 60, true)),
                List.of());
        changes.add("default", ARRIVAL_MILLIS + 1, List.of(call("a", "b", 659 * SECOND, 40, true)), List.of());
        changes.add("other", ARRIVAL_MILLIS, List.of(call("a", "b", 659 * SECOND, 40, true)), List.of());
        assertThat(changes.size()).isEqualTo(4);
        assertThat(changes.newestArrival()).isEqualTo(ARRIVAL_MILLIS + 1);
        List<ServiceEdge> changed = changes.take();
        assertThat(changed)
                .extracting(
                        ServiceEdge::getTenant,
                        ServiceEdge::getCaller,
                        ServiceEdge::getWindowStartUnixNano,
                        ServiceEdge::getCalls)
                .containsExactlyInAnyOrder(
                        tuple("default", "a", 10 * MINUTE, 2L),
                        tuple("default", "a", 11 * MINUTE, 1L),
                        tuple("default", "b", 10 * MINUTE, 1L),
                        tuple("other", "a", 10 * MINUTE, 1L));
        ServiceEdge two = changed.getFirst();
        assertThat(two.getErrors()).isEqualTo(1);
        assertThat(two.getDurationSumNanos()).isEqualTo(43_000_000L);
        assertThat(two.getWindowNanos()).isEqualTo(MINUTE);
        assertThat(two.getDurationBucketCounts()).startsWith(0L, 0L, 1L, 0L, 0L, 1L);
        assertThat(changes.take()).as("taken once").isEmpty();
    }

    @Test
    void bucketsHoldTheirUpperBound() {
        assertThat(DurationBuckets.of(0)).isZero();
        assertThat(DurationBuckets.of(1_000_000)).isZero();
        assertThat(DurationBuckets.of(1_000_001)).isEqualTo(1);
        assertThat(DurationBuckets.of(Long.MAX_VALUE)).isEqualTo(DurationBuckets.BOUNDS_NANOS.size());
        assertThat(DurationBuckets.zeros()).hasSize(DurationBuckets.BOUNDS_NANOS.size() + 1);
    }

    @Test
    void whatWasThereBeforeIsNotCountedAgain() {
        Call known = call("a", "b", 600 * SECOND, 3, false);
        Call added = call("b", "c", 601 * SECOND, 2, false);
        add(List.of(known, added), List.of(known));
        assertThat(changes.take()).extracting(ServiceEdge::getCallee).containsExactly("c");
    }

    @Test
    void aCallThatTurnsOutToBeAnotherIsMoved() {
        add(List.of(call("a", "b", 600 * SECOND, 3, true)), List.of(call("a", "b", 600 * SECOND, 3, false)));
        List<ServiceEdge> changed = changes.take();
        assertThat(changed).hasSize(1);
        assertThat(changed.getFirst().getCalls()).isZero();
        assertThat(changed.getFirst().getErrors()).isEqualTo(1);
    }

    @Test
    void callsOutsideTheGraceAreCountedAsRefused() {
        long refused = add(
                List.of(
                        call("a", "b", 239 * SECOND, 3, false),
                        call("a", "b", 240 * SECOND, 3, false),
                        call("a", "b", 959 * SECOND, 3, false),
                        call("a", "b", 960 * SECOND, 3, false),
                        call("a", "b", 0, 3, false)),
                List.of());
        assertThat(refused).isEqualTo(3);
        assertThat(changes.take())
                .extracting(ServiceEdge::getWindowStartUnixNano)
                .containsExactly(4 * MINUTE, 15 * MINUTE);
    }

    @Test
    void sumsAddUp() {
        add(List.of(call("a", "b", 600 * SECOND, 3, true)), List.of());
        ServiceEdge sum = changes.take().getFirst();
        add(List.of(call("a", "b", 610 * SECOND, 4, false), call("a", "b", 620 * SECOND, 700, true)), List.of());
        EdgeSums.add(sum, changes.take().getFirst());
        add(
                List.of(
                        call("a", "b", 620 * SECOND, 700, true),
                        call("a", "b", 600 * SECOND, 3, true),
                        call("a", "b", 610 * SECOND, 4, false)),
                List.of());
        assertThat(sum).isEqualTo(changes.take().getFirst());
    }

    private long add(List<Call> now, List<Call> before) {
        return changes.add("default", ARRIVAL_MILLIS, now, before);
    }

    private static Call call(String caller, String callee, long start, long millis, boolean error) {
        return new Call(caller, callee, start, millis * 1_000_000, error);
    }
}
