package io.tributary.alerts.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.histogram.Buckets;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.schemas.identity.SeriesId;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SampleStoreTest {
    private static final Labels LABELS = Labels.of("__name__", "load", "host", "a");
    private static final SeriesId ID = new SeriesId(1, 2);

    /** In the order of a state store: bytes as unsigned numbers. */
    private final SortedMap<byte[], byte[]> log = new TreeMap<>(Arrays::compareUnsigned);

    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private SampleStore store = newStore(budget);

    @Test
    void samplesOfAnyShapeComeBackBitByBitAlsoAfterARestart() {
        Random random = new Random(3);
        List<String> expected = new ArrayList<>();
        StoredSeries series = store.create(ID, "default", LABELS).orElseThrow();
        long time = 1_700_000_000_000L;
        for (int i = 0; i < 1000; i++) {
            // Regular, jittering, and sometimes far apart.
            time += 15_000 + (i % 3 == 0 ? random.nextInt(40) - 20 : 0) + (i % 100 == 99 ? random.nextInt(1 << 30) : 0);
            double value = switch (i % 5) {
                case 0 -> i;
                case 1 -> random.nextGaussian();
                case 2 -> Double.longBitsToDouble(random.nextLong());
                case 3 -> i % 50 == 3 ? Samples.STALE : Double.NEGATIVE_INFINITY;
                default -> 0;
            };
            assertThat(store.append(series, time, value, null)).isEqualTo(Appended.STORED);
            expected.add(time + " " + Double.doubleToRawLongBits(value));
        }
        assertThat(read(series)).isEqualTo(expected);
        restart();
        assertThat(read(store.get(ID))).isEqualTo(expected);
        assertThat(store.append(store.get(ID), time + 15_000, 7, null)).isEqualTo(Appended.STORED);
        expected.add((time + 15_000) + " " + Double.doubleToRawLongBits(7));
        assertThat(read(store.get(ID))).isEqualTo(expected);
    }

    @Test
    void regularCountersTakeFewBytes() {
        StoredSeries series = store.create(ID, "default", LABELS).orElseThrow();
        for (int i = 0; i < 960; i++) {
            store.append(series, 1_700_000_000_000L + 15_000L * i, 1000.0 * i, null);
        }
        int bytes = log.values().stream().mapToInt(value -> value.length).sum();
        assertThat(bytes / 960.0).isLessThan(4);
    }

    @Test
    void nativeHistogramsTheirChangesOfShapeAndTheirEnd() {
        StoredSeries series = store.create(ID, "default", LABELS).orElseThrow();
        List<NativeHistogram> histograms = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            // A bucket more from the hundredth on.
            double[] counts = i < 100 ? new double[] {i, 2.0 * i} : new double[] {i, 2.0 * i, 1};
            histograms.add(NativeHistogram.exponential(
                    3, 1e-128, 1, 1 + 3.0 * i + (i < 100 ? 0 : 1), 4.5 * i, Buckets.of(-2, counts), Buckets.of(4, i)));
            store.append(series, 1000L * i, 4.5 * i, histograms.get(i));
        }
        store.append(series, 200_000, Samples.STALE, null);
        restart();
        Samples samples = new Samples();
        store.get(ID).read(0, Long.MAX_VALUE, samples);
        assertThat(samples.size()).isEqualTo(201);
        for (int i = 0; i < 200; i++) {
            assertThat(samples.histogram(i)).isEqualTo(histograms.get(i));
        }
        assertThat(Samples.isStale(samples.value(200))).isTrue();
        assertThat(store.append(store.get(ID), 199_000, 1, histograms.getLast()))
                .isEqualTo(Appended.OUT_OF_ORDER);
    }

    @Test
    void aSampleThatIsThereALateOneAndAContradiction() {
        StoredSeries series = store.create(ID, "default", LABELS).orElseThrow();
        store.append(series, 2000, 7, null);
        assertThat(store.append(series, 2000, 7, null)).isEqualTo(Appended.DUPLICATE);
        assertThat(store.append(series, 2000, 8, null)).isEqualTo(Appended.CONFLICT);
        assertThat(store.append(series, 1000, 7, null)).isEqualTo(Appended.OUT_OF_ORDER);
        restart();
        assertThat(store.append(store.get(ID), 2000, 7, null)).isEqualTo(Appended.DUPLICATE);
        assertThat(store.append(store.get(ID), 2000, 8, null)).isEqualTo(Appended.CONFLICT);
        assertThat(read(store.get(ID))).hasSize(1);
    }

    @Test
    void whatIsOldIsForgottenAndGivesItsRoomBack() {
        StoredSeries series = store.create(ID, "default", LABELS).orElseThrow();
        for (int i = 0; i < 640; i++) {
            store.append(series, 1000L * i, i, null);
        }
        int entries = log.size();
        store.expire(series, 320_000);
        assertThat(log).hasSize(entries - 5);
        assertThat(read(series)).hasSize(320);
        store.remove(List.of(series));
        assertThat(log).isEmpty();
        assertThat(store.get(ID)).isNull();
        assertThat(store.named("load")).isEmpty();
    }

    @Test
    void aFullStoreTakesNoFurtherSeriesButGoesOnWithThoseItHas() {
        store = newStore(new MemoryBudget(500));
        StoredSeries first = store.create(ID, "default", LABELS).orElseThrow();
        store.append(first, 1000, 1, null);
        assertThat(store.create(new SeriesId(1, 3), "default", LABELS.with("host", "b")))
                .isEmpty();
        assertThat(store.append(first, 2000, 1, null)).isEqualTo(Appended.STORED);
        store.remove(List.of(first));
        assertThat(store.create(new SeriesId(1, 3), "default", LABELS.with("host", "b")))
                .isPresent();
    }

    @Test
    void whatIsCountedIsWhatTheHeapHolds() {
        Random random = new Random(4);
        MemoryBudget large = new MemoryBudget(Long.MAX_VALUE);
        store = new SampleStore(NOWHERE, large);
        long before = heap();
        for (int i = 0; i < 40_000; i++) {
            Labels labels = Labels.of(
                    "__name__", "requests_total", "host", "host-" + i / 100, "path", "/p/" + i % 10, "code", "" + i);
            assertThat(store.create(new SeriesId(i, i), "default", labels)).isPresent();
        }
        for (int sample = 0; sample < 100; sample++) {
            for (StoredSeries series : store.series()) {
                store.append(series, 15_000L * sample, random.nextInt(1000), null);
            }
        }
        long held = heap() - before;
        assertThat((double) large.taken() / held).isBetween(0.85, 1.15);
        store.remove(List.copyOf(store.series()));
        assertThat(large.taken()).isZero();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void textsOfSeriesThatLeftGiveTheirRoomBack() {
        StoredSeries stays = store.create(ID, "default", LABELS).orElseThrow();
        long one = budget.taken();
        for (int i = 0; i < 10; i++) {
            StoredSeries leaves = store.create(new SeriesId(2, i), "default", LABELS.with("host", "host" + i))
                    .orElseThrow();
            store.remove(List.of(leaves));
        }
        assertThat(budget.taken()).isLessThan(2 * one);
        assertThat(store.series()).containsExactly(stays);
    }

    @Test
    void aLogIsTakenBackInTheOrderInWhichItWasWritten() {
        List<byte[][]> written = new ArrayList<>();
        store = new SampleStore(
                new ChunkLog() {
                    @Override
                    public void put(byte[] key, byte[] value) {
                        written.add(new byte[][] {key, value});
                    }

                    @Override
                    public void delete(byte[] key) {
                        put(key, null);
                    }
                },
                budget);
        SeriesId other = new SeriesId(1, 3);
        StoredSeries leaves = store.create(ID, "default", LABELS).orElseThrow();
        StoredSeries stays =
                store.create(other, "default", LABELS.with("host", "b")).orElseThrow();
        for (int i = 0; i < 200; i++) {
            store.append(leaves, 1000L * i, i, null);
            store.append(stays, 1000L * i, i, null);
        }
        store.expire(stays, 100_000);
        store.remove(List.of(leaves));
        StoredSeries again = store.create(ID, "default", LABELS).orElseThrow();
        store.append(again, 500_000, 5, null);
        List<String> samplesOfStays = read(stays);

        SampleStore restored = new SampleStore(NOWHERE, budget);
        written.forEach(entry -> restored.restore(entry[0], entry[1]));
        assertThat(restored.series()).hasSize(2);
        assertThat(restored.named("load")).containsExactlyInAnyOrder(restored.get(ID), restored.get(other));
        assertThat(read(restored.get(other))).isEqualTo(samplesOfStays);
        assertThat(read(restored.get(ID))).isEqualTo(read(again));
        assertThat(restored.append(restored.get(other), 199_000, 199, null)).isEqualTo(Appended.DUPLICATE);

        // Cleaned up to the end of the first series, but for one of its chunks.
        SampleStore cleaned = new SampleStore(NOWHERE, budget);
        written.stream()
                .filter(entry -> !Arrays.equals(entry[0], ID.toBytes()) || entry[1] == null)
                .forEach(entry -> cleaned.restore(entry[0], entry[1]));
        assertThat(cleaned.series()).hasSize(1);
        assertThat(read(cleaned.get(other))).isEqualTo(samplesOfStays);
    }

    @Test
    void aViewShowsItsSeriesUpToItsTime() {
        SeriesView view = new SeriesView();
        StoredSeries a = store.create(ID, "default", LABELS).orElseThrow();
        StoredSeries b = store.create(new SeriesId(1, 3), "default", LABELS.with("host", "b"))
                .orElseThrow();
        view.add(a);
        store.append(a, 1000, 1, null);
        store.append(a, 2000, 2, null);
        assertThat(selected(view, "load")).containsExactly("a");
        view.add(b);
        store.append(b, 2000, 2, null);
        assertThat(selected(view, "load")).containsExactly("a", "b");
        assertThat(selected(view, "load{host=~\"b|c\"}")).containsExactly("b");
        view.moveTo(1500);
        Samples samples = new Samples();
        view.select(Parser.parseSelector("load"), 0, 9000, hints()).getFirst().read(0, 9000, samples);
        assertThat(samples.size()).isEqualTo(1);
        store.remove(List.of(a));
        view.removeGone();
        assertThat(selected(view, "load")).containsExactly("b");
        assertThat(view.size()).isEqualTo(1);
    }

    private static List<String> selected(SeriesView view, String selector) {
        List<String> hosts = new ArrayList<>();
        for (Series series : view.select(Parser.parseSelector(selector), 0, 9000, hints())) {
            hosts.add(series.labels().get("host"));
        }
        return hosts;
    }

    private static SelectHints hints() {
        return new SelectHints(0, 0, "", List.of(), false);
    }

    private static List<String> read(StoredSeries series) {
        Samples samples = new Samples();
        series.read(0, Long.MAX_VALUE, samples);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            all.add(samples.time(i) + " " + Double.doubleToRawLongBits(samples.value(i)));
        }
        return all;
    }

    private void restart() {
        SortedMap<byte[], byte[]> saved = new TreeMap<>(log);
        store = newStore(budget);
        saved.forEach(store::restore);
    }

    private static final ChunkLog NOWHERE = new ChunkLog() {
        @Override
        public void put(byte[] key, byte[] value) {
            // Held by nobody.
        }

        @Override
        public void delete(byte[] key) {
            // Held by nobody.
        }
    };

    private SampleStore newStore(MemoryBudget budget) {
        return new SampleStore(
                new ChunkLog() {
                    @Override
                    public void put(byte[] key, byte[] value) {
                        log.put(key, value);
                    }

                    @Override
                    public void delete(byte[] key) {
                        log.remove(key);
                    }
                },
                budget);
    }
}
