package io.tributary.metrics.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Scalar;
import io.tributary.metrics.rollup.Shape;
import io.tributary.metrics.rollup.Summary;
import io.tributary.metrics.rollup.Totals;
import io.tributary.metrics.state.PointStore.Added;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.identity.SeriesId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class PointStoreTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Windows WINDOWS = new Windows(List.of(Duration.ofSeconds(10)), Duration.ZERO);

    private record At(long slice, SeriesId id, long time) implements Comparable<At> {
        @Override
        public int compareTo(At other) {
            int bySlice = Long.compare(slice, other.slice);
            int byId = bySlice != 0 ? bySlice : id.compareTo(other.id);
            return byId != 0 ? byId : Long.compare(time, other.time);
        }
    }

    private final KeyValueStore<Bytes, byte[]> points = store("points");
    private final KeyValueStore<Bytes, byte[]> journal = store("journal");

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void whereverSamplesAreTheyAreThoseThatCame(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 40_000) int heldBytes) {
        Random random = new Random(seed);
        Map<At, byte[]> expected = new TreeMap<>();
        KeyValueStore<Bytes, byte[]> points = store("points");
        KeyValueStore<Bytes, byte[]> journal = store("journal");
        MemoryBudget budget = new MemoryBudget(heldBytes);
        PointStore store = new PointStore(points, journal, WINDOWS, budget);
        for (int i = 0; i < 2000; i++) {
            SeriesId id = SeriesId.of("t", "m", Map.of("s", "" + random.nextInt(1 + i % 50)));
            long time = (long) (i / 40.0 * SECOND) + random.nextInt(20) * SECOND / 2 + 1;
            Sample sample = new Sample(Shape.GAUGE, time, 0, new Scalar(random.nextInt(3)));
            assertThat(store.add(id, sample)).isEqualTo(add(expected, id, sample));
            if (random.nextInt(300) == 0) {
                store.save();
                store.close();
                // A budget that another size is given to, or nothing: what was journaled comes back in any case.
                budget = new MemoryBudget(random.nextInt(1 + heldBytes));
                store = new PointStore(points, journal, WINDOWS, budget);
                assertThat(shown(store)).isEqualTo(text(expected));
            }
            if (random.nextInt(400) == 0) {
                long until = WINDOWS.slice(time).start();
                List<String> removed = new ArrayList<>();
                while (store.earliestSlice() < until) {
                    store.removeEarliest(1 + random.nextInt(20), (slice, of, one) -> removed.add(text(slice, of, one)));
                    if (random.nextInt(10) == 0) {
                        store.save();
                        store.close();
                        store = new PointStore(points, journal, WINDOWS, budget);
                    }
                }
                Map<At, byte[]> past = new TreeMap<>(expected);
                past.keySet().removeIf(at -> at.slice >= until);
                expected.keySet().removeIf(at -> at.slice < until);
                assertThat(removed).containsExactlyInAnyOrderElementsOf(text(past));
            }
        }
        assertThat(shown(store)).isEqualTo(text(expected));
        PointStore last = store;
        expected.keySet().forEach(at -> {
            List<Sample> ofSeries = new ArrayList<>();
            last.forEach(at.id, at.slice, at.slice + 1, ofSeries::add);
            assertThat(ofSeries).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
            assertThat(ofSeries).extracting(Sample::time).contains(at.time);
            assertThat(last.has(at.id, at.slice, at.slice + 1)).isTrue();
        });
        assertThat(last.has(SeriesId.of("t", "other", Map.of()), 0, Long.MAX_VALUE))
                .isFalse();
        while (last.earliestSlice() < Long.MAX_VALUE) {
            last.removeEarliest(10, (slice, id, sample) -> {});
        }
        assertThat(entries(points) + entries(journal)).isZero();
        // All that was held is given back: one byte more would be too much otherwise.
        assertThat(budget.add(0)).isTrue();
    }

    private static Added add(Map<At, byte[]> expected, SeriesId id, Sample sample) {
        At at = new At(WINDOWS.slice(sample.time()).start(), id, sample.time());
        byte[] bytes = Codec.sample(sample);
        byte[] present = expected.get(at);
        int order = present == null ? 1 : Arrays.compareUnsigned(bytes, present);
        if (order > 0) {
            expected.put(at, bytes);
        }
        return present == null ? Added.NEW : order == 0 ? Added.DUPLICATE : Added.CONFLICT;
    }

    @Test
    void aPointTakesSomeFortyBytesOfWhatMayBeHeld() {
        Windows minutes = new Windows(List.of(Duration.ofMinutes(1)), Duration.ZERO);
        int series = 25_000;
        int rounds = 6;
        PointStore store = new PointStore(points, journal, minutes, new MemoryBudget(40L * series * rounds));
        SeriesId[] ids = new SeriesId[series];
        Arrays.setAll(ids, one -> SeriesId.of("t", "m", Map.of("s", "" + one)));
        for (int round = 0; round < rounds; round++) {
            for (int one = 0; one < series; one++) {
                long time = round * 10L * SECOND + SECOND / 10_000 * one;
                store.add(ids[one], new Sample(Shape.GAUGE, time, 0, new Scalar(one)));
            }
        }
        assertThat(entries(points)).isZero();
    }

    @Test
    void aCommitWithoutAnythingNewJournalsNothing() {
        PointStore store = new PointStore(points, journal, WINDOWS, new MemoryBudget(1 << 20));
        SeriesId id = SeriesId.of("t", "m", Map.of());
        for (int i = 0; i < 1000; i++) {
            store.add(id, new Sample(Shape.GAUGE, 1 + i, 0, new Scalar(i)));
        }
        store.save();
        store.save();
        assertThat(entries(journal)).isEqualTo(1);
        assertThat(entries(points)).isZero();
    }

    @Test
    void aSliceInWhichOneMustLookLongForASampleMovesToTheStore() {
        PointStore store = new PointStore(points, journal, WINDOWS, new MemoryBudget(1 << 20));
        SeriesId id = SeriesId.of("t", "m", Map.of());
        for (int i = 0; i < 1000; i++) {
            store.add(id, new Sample(Shape.GAUGE, 10 + i, 0, new Scalar(i)));
        }
        assertThat(entries(points)).isZero();
        assertThat(store.add(id, new Sample(Shape.GAUGE, 10, 0, new Scalar(0)))).isEqualTo(Added.DUPLICATE);
        assertThat(entries(points)).isEqualTo(1000);
        assertThat(entries(journal)).isZero();
    }

    @Test
    void aSliceMovesWhenItIsLargeHoweverMuchMayBeHeld() {
        PointStore store = new PointStore(points, journal, WINDOWS, new MemoryBudget(1 << 30));
        SeriesId id = SeriesId.of("t", "m", Map.of());
        double[] values = new double[1 << 13];
        for (int i = 0; i < 100; i++) {
            store.add(
                    id,
                    new Sample(Shape.SUMMARY, 1 + i, 0, new Summary(Totals.of(1, 1.0, null, null), values, values)));
        }
        assertThat(entries(points)).isZero();
        for (int i = 100; i < 200; i++) {
            store.add(
                    id,
                    new Sample(Shape.SUMMARY, 1 + i, 0, new Summary(Totals.of(1, 1.0, null, null), values, values)));
        }
        assertThat(entries(points)).isEqualTo(200);
        assertThat(entries(journal)).isZero();
    }

    private static List<String> shown(PointStore store) {
        List<String> shown = new ArrayList<>();
        store.forEach(0, Long.MAX_VALUE, (slice, id, sample) -> shown.add(text(slice, id, sample)));
        shown.sort(null);
        return shown;
    }

    private static List<String> text(Map<At, byte[]> samples) {
        List<String> text = new ArrayList<>();
        samples.forEach((at, bytes) -> text.add(text(at.slice, at.id, Codec.sample(at.time, bytes))));
        text.sort(null);
        return text;
    }

    private static String text(long slice, SeriesId id, Sample sample) {
        return slice + " " + id + " " + sample;
    }

    private static long entries(KeyValueStore<Bytes, byte[]> store) {
        long entries = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                entries++;
            }
        }
        return entries;
    }

    private static KeyValueStore<Bytes, byte[]> store(String name) {
        KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore(name).get();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }
}
