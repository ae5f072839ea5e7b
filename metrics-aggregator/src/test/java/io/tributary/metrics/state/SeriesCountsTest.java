package io.tributary.metrics.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeriesCountsTest {
    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("series-counts").get();
    private final SeriesCounts counts = new SeriesCounts(store);

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    }

    @Test
    void countsAreKnownAtOnceAndStoredWhenSaved() {
        for (int series = 0; series < 100; series++) {
            counts.add("acme", series % 2 == 0 ? "even" : "odd", 1);
        }
        assertThat(counts.of("acme")).isEqualTo(100);
        assertThat(counts.of("acme", "odd")).isEqualTo(50);
        assertThat(counts.of("other")).isZero();
        assertThat(store.approximateNumEntries()).isZero();
        counts.save();
        assertThat(store.approximateNumEntries()).isEqualTo(3);
        SeriesCounts later = new SeriesCounts(store);
        later.add("acme", "odd", -1);
        assertThat(later.of("acme")).isEqualTo(99);
        assertThat(later.of("acme", "odd")).isEqualTo(49);
        assertThat(later.of("acme", "even")).isEqualTo(50);
    }

    @Test
    void aMetricWithoutSeriesHasNoEntry() {
        counts.add("acme", "up", 1);
        counts.save();
        counts.add("acme", "up", -1);
        counts.save();
        assertThat(store.approximateNumEntries()).isZero();
        counts.add("acme", "up", 1);
        counts.add("acme", "up", -1);
        counts.save();
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void everNewMetricsDoNotFillTheMemoryUntilTheyAreSaved() {
        for (int metric = 0; metric < 25_000; metric++) {
            counts.add("acme", "metric" + metric, 1);
        }
        assertThat(store.approximateNumEntries()).isGreaterThan(10_000);
        assertThat(counts.of("acme")).isEqualTo(25_000);
        assertThat(counts.of("acme", "metric0")).isEqualTo(1);
    }
}
