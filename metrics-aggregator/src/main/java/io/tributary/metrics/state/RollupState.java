package io.tributary.metrics.state;

import io.tributary.metrics.window.Windows;
import io.tributary.schemas.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Everything that a task keeps between records.
 *
 * @param points samples of open slices
 * @param series remembered series
 * @param pending longer windows that are open
 * @param expiries when to forget series
 * @param closed up to where windows are closed
 */
public record RollupState(
        PointStore points, SeriesStore series, PendingStore pending, ExpiryStore expiries, ClosedMark closed) {
    private static final String POINTS = "points";
    private static final String JOURNAL = "journal";
    private static final String SERIES = "series";
    private static final String COUNTS = "series-counts";
    private static final String PENDING = "pending-windows";
    private static final String EXPIRIES = "expiries";
    private static final String CLOSED = "closed";
    /** A changelog must take what the source topic takes, and what else is in an entry of the journal. */
    private static final Map<String, String> LARGE_ENTRIES = Map.of(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(Topics.MAX_MESSAGE_BYTES + 2 * HeldSlice.ENTRY_BYTES));

    /** The stores that a topology must have. Those that grow with the number of series are on disk. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(
                onDisk(POINTS).withLoggingEnabled(LARGE_ENTRIES),
                onDisk(JOURNAL).withLoggingEnabled(LARGE_ENTRIES),
                onDisk(SERIES).withLoggingEnabled(LARGE_ENTRIES),
                onDisk(COUNTS).withLoggingEnabled(LARGE_ENTRIES),
                onDisk(PENDING).withLoggingEnabled(LARGE_ENTRIES),
                onDisk(EXPIRIES),
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(CLOSED), Serdes.Bytes(), Serdes.ByteArray()));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> onDisk(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** The state in the stores that are found under their names. */
    public static RollupState in(
            Function<String, KeyValueStore<Bytes, byte[]>> stores, Windows windows, MemoryBudget budget) {
        return new RollupState(
                new PointStore(stores.apply(POINTS), stores.apply(JOURNAL), windows, budget),
                new SeriesStore(stores.apply(SERIES), new SeriesCounts(stores.apply(COUNTS))),
                new PendingStore(stores.apply(PENDING)),
                new ExpiryStore(stores.apply(EXPIRIES)),
                new ClosedMark(stores.apply(CLOSED)));
    }

    /** Stores what is in memory, and is not stored yet. */
    public void save() {
        points.save();
        series.counts().save();
    }
}
