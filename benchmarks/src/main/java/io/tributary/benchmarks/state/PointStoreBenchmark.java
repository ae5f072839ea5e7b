package io.tributary.benchmarks.state;

import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Scalar;
import io.tributary.metrics.rollup.Shape;
import io.tributary.metrics.state.MemoryBudget;
import io.tributary.metrics.state.PointStore;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.identity.SeriesId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A point on its way through the metrics aggregator's state, which is RocksDB: it is added, journaled with those of its
 * second, and read and removed when its window closes. A task's share of 100,000 series, 10 s apart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PointStoreBenchmark {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SERIES = 25_000;
    private static final int POINTS_A_SECOND = SERIES / 10;
    private static final long GRACE = 60 * SECOND;

    private final Windows windows = new Windows(List.of(Duration.ofMinutes(1)), Duration.ofNanos(GRACE));
    private final SeriesId[] ids = new SeriesId[SERIES];

    /** Whether the points of open windows fit into what may be held in memory. */
    @Param({"held", "stored"})
    public String where;

    private File folder;
    private KeyValueStore<Bytes, byte[]> points;
    private KeyValueStore<Bytes, byte[]> journal;
    private PointStore store;
    private long next;

    /** Opens the stores, in a folder of their own. */
    @Setup
    public void open() throws IOException {
        Arrays.setAll(ids, one -> SeriesId.of("default", "http_requests_total", Map.of("series", "" + one)));
        folder = Files.createTempDirectory("point-store").toFile();
        points = rocksDb("points");
        journal = rocksDb("journal");
        store = new PointStore(points, journal, windows, new MemoryBudget(where.equals("held") ? 1L << 30 : 0));
    }

    private KeyValueStore<Bytes, byte[]> rocksDb(String name) {
        KeyValueStore<Bytes, byte[]> made = Stores.persistentKeyValueStore(name).get();
        made.init(new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder).getStateStoreContext(), made);
        return made;
    }

    @Benchmark
    public void point(Blackhole shown) {
        long time = next / POINTS_A_SECOND * SECOND;
        store.add(ids[(int) (next % SERIES)], new Sample(Shape.GAUGE, time, 0, new Scalar(next)));
        next++;
        if (next % POINTS_A_SECOND == 0) {
            store.save();
            while (store.earliestSlice() < windows.closedAt(time)) {
                store.removeEarliest(Integer.MAX_VALUE, (slice, id, sample) -> shown.consume(sample));
            }
        }
    }

    /** Closes the stores, and deletes them. */
    @TearDown
    public void close() throws IOException {
        store.close();
        points.close();
        journal.close();
        Utils.delete(folder);
    }
}
