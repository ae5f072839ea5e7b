package io.tributary.metrics.state;

import io.tributary.metrics.window.Windows;
import java.util.Set;
import java.util.function.Function;
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
    private static final String SERIES = "series";
    private static final String COUNTS = "series-counts";
    private static final String PENDING = "pending-windows";
    private static final String EXPIRIES = "expiries";
    private static final String CLOSED = "closed";

    /**
     * The stores that a topology must have. Those that grow with the number of series are on disk: at 100,000 series,
     * six points a minute and two open slices, they hold a million points, which would be some 200 MB of heap.
     */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(
                onDisk(POINTS),
                onDisk(SERIES),
                onDisk(COUNTS),
                onDisk(PENDING),
                onDisk(EXPIRIES),
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(CLOSED), Serdes.Bytes(), Serdes.ByteArray()));
    }

    private static StoreBuilder<?> onDisk(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** The state in the stores that are found under their names. */
    public static RollupState in(Function<String, KeyValueStore<Bytes, byte[]>> stores, Windows windows) {
        return new RollupState(
                new PointStore(stores.apply(POINTS), windows),
                new SeriesStore(stores.apply(SERIES), new SeriesCounts(stores.apply(COUNTS))),
                new PendingStore(stores.apply(PENDING)),
                new ExpiryStore(stores.apply(EXPIRIES)),
                new ClosedMark(stores.apply(CLOSED)));
    }
}
