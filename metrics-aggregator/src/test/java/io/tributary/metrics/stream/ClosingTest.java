package io.tributary.metrics.stream;

import static io.tributary.metrics.MetricPoints.at;
import static io.tributary.metrics.MetricPoints.counter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.metrics.MetricPoints;
import io.tributary.metrics.point.PointReader;
import io.tributary.metrics.state.MemoryBudget;
import io.tributary.metrics.state.RollupState;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.SumRollup;
import io.tributary.schemas.identity.SeriesId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final int SERIES = 300;
    private static final Windows WINDOWS =
            new Windows(List.of(Duration.ofMinutes(1), Duration.ofMinutes(4)), Duration.ZERO);

    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
    private final List<RollupPoint> published = new ArrayList<>();
    private RollupState state;
    private Closing closing;

    ClosingTest() {
        start(1 << 20);
    }

    /** A task begins with what the one before committed. */
    private void start(long heldBytes) {
        if (state != null) {
            state.save();
        }
        state = RollupState.in(this::store, WINDOWS, new MemoryBudget(heldBytes));
        closing = new Closing(state, WINDOWS, HOUR, (id, point) -> published.add(point));
    }

    @Test
    void aTaskThatStartsGoesOnWhereTheOneBeforeWas() {
        for (int one = 0; one < SERIES; one++) {
            take(counter("c" + one, 0, 5, 1), counter("c" + one, 0, 65, 3), counter("c" + one, 0, 185, 7));
        }
        state.save();
        closing.setClosed(at(3 * 3600));
        assertThat(closing.closeSome()).isFalse();
        assertThat(windows()).containsOnly(tuple(60L, 0L, 1.0));
        start(1 << 20);
        assertThat(closing.closed()).isEqualTo(at(3 * 3600));
        assertThat(closing.closeSome()).isFalse();
        assertThat(windows()).containsOnly(tuple(60L, 60L, 2.0));
        start(1 << 20);
        assertThat(closing.closeSome()).isTrue();
        assertThat(windows()).containsOnly(tuple(60L, 180L, 4.0), tuple(240L, 0L, 7.0));
        closing.forgetSome();
        assertThat(remembered()).isBetween(1, SERIES - 1);
        start(1 << 20);
        assertThat(closing.closeSome()).isTrue();
        closing.forgetSome();
        state.save();
        assertThat(remembered()).isZero();
        assertThat(stores.values())
                .allSatisfy(store -> assertThat(store.approximateNumEntries())
                        .isEqualTo(store.name().equals("closed") ? 1 : 0));
        assertThat(windows()).isEmpty();
    }

    /** As many series as come near what a transaction may take would outlast it, were they closed at one record. */
    @ParameterizedTest
    @ValueSource(longs = {0, 16 << 20})
    void aLargeSliceIsClosedInPiecesAlsoByATaskThatStarts(long heldBytes) {
        start(heldBytes);
        int series = 12_000;
        for (int one = 0; one < series; one++) {
            take(counter("c" + one, 0, 125, 1), counter("c" + one, 0, 185, 3));
        }
        state.save();
        closing.setClosed(at(240));
        List<Integer> pieces = new ArrayList<>();
        boolean isDone = false;
        while (!isDone) {
            int before = published.size();
            isDone = closing.closeSome();
            pieces.add(published.size() - before);
            start(heldBytes);
        }
        assertThat(pieces).hasSizeGreaterThan(6).allMatch(piece -> piece <= 10_000);
        assertThat(published).doesNotHaveDuplicates().hasSize(3 * series);
        assertThat(published)
                .filteredOn(
                        point -> point.getWindowNanos() == Duration.ofMinutes(4).toNanos())
                .hasSize(series)
                .allMatch(point -> ((SumRollup) point.getValue()).getIncrease() == 3);
        assertThat(store("journal").approximateNumEntries() + store("points").approximateNumEntries())
                .isZero();
    }

    private void take(MetricPoint... points) {
        for (MetricPoint point : points) {
            SeriesId id = MetricPoints.id(point);
            if (!state.series().has(id)) {
                state.series().begin(id, point);
                state.expiries().schedule(point.getTimeUnixNano() + HOUR, id);
            }
            state.points().add(id, PointReader.read(point).orElseThrow());
        }
    }

    /** Length, start and increase of the windows that were published since the last call, each once for each series. */
    private List<Tuple> windows() {
        assertThat(published).doesNotHaveDuplicates();
        assertThat(published.size() % SERIES).isZero();
        var windows = published.stream()
                .map(point -> tuple(
                        point.getWindowNanos() / 1_000_000_000,
                        (point.getWindowStartUnixNano() - MetricPoints.BASE) / 1_000_000_000,
                        ((SumRollup) point.getValue()).getIncrease()))
                .toList();
        published.clear();
        return windows;
    }

    private int remembered() {
        return (int) store("series").approximateNumEntries();
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
        return stores.computeIfAbsent(name, unseen -> {
            KeyValueStore<Bytes, byte[]> store =
                    Stores.inMemoryKeyValueStore(name).get();
            store.init(new MockProcessorContext<>().getStateStoreContext(), store);
            return store;
        });
    }
}
