package io.tributary.metrics.stream;

import io.tributary.metrics.MetricPoints;
import io.tributary.metrics.state.SmallRocksDb;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology in a test driver, with the wall clock in the test's hands. */
final class Bench implements AutoCloseable {
    static final RollupSettings MINUTE = settings(Duration.ofMinutes(1));

    /** A window of one series. */
    record Slot(SeriesId id, long lengthSeconds, long startSeconds) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            return Comparator.comparing(Slot::id)
                    .thenComparingLong(Slot::lengthSeconds)
                    .thenComparingLong(Slot::startSeconds)
                    .compare(this, other);
        }
    }

    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://rollups"));
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> metrics;
    private final TestOutputTopic<SeriesId, RollupPoint> rollups;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final TestOutputTopic<String, LedgerEntry> ledger;
    private final Map<String, Long> outcomes = new HashMap<>();

    Bench(RollupSettings settings) {
        this(settings, new SeriesBudget(1_000_000, 1_000_000), RollupMeter.NONE);
    }

    /** The budget is for all partitions, of which there is one here and four in the catalogue. */
    Bench(RollupSettings settings, SeriesBudget budget, RollupMeter meter) {
        driver = new TopologyTestDriver(new RollupTopology(topics, "test", settings, budget, meter).get(), config());
        metrics =
                driver.createInputTopic(topics.metrics().name(), new ByteArraySerializer(), new ByteArraySerializer());
        rollups = driver.createOutputTopic(
                topics.rollups().name(),
                topics.rollups().key().deserializer(),
                topics.rollups().value().deserializer());
        deadLetters = driver.createOutputTopic(
                topics.metrics().deadLetterName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        ledger = driver.createOutputTopic(
                topics.ledger().name(),
                new StringDeserializer(),
                topics.ledger().value().deserializer());
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocksDb.class);
        return config;
    }

    static RollupSettings settings(Duration... windows) {
        return settings(1 << 20, windows);
    }

    static RollupSettings settings(long heldBytes, Duration... windows) {
        return new RollupSettings(
                List.of(windows),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                heldBytes);
    }

    Topics topics() {
        return topics;
    }

    /** Sends each point at its own time. */
    void send(MetricPoint... points) {
        for (MetricPoint point : points) {
            send(point, point.getTimeUnixNano() / 1_000_000);
        }
    }

    void send(MetricPoint point, long kafkaMillis) {
        send(
                topics.metrics().encodeKey(MetricPoints.id(point)),
                topics.metrics().encodeValue(point),
                kafkaMillis);
    }

    void send(byte[] key, byte[] value, long kafkaMillis) {
        metrics.pipeInput(key, value, kafkaMillis);
    }

    /** Lets the wall clock go on, in steps as the real one. */
    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    /** Every rollup published since the last call. */
    List<RollupPoint> published() {
        return rollups.readValuesToList();
    }

    /** What a reader that keeps the latest record of each window has, of those published since the last call. */
    Map<Slot, RollupPoint> latest() {
        Map<Slot, RollupPoint> latest = new TreeMap<>();
        rollups.readKeyValuesToList().forEach(pair -> {
            RollupPoint point = pair.value;
            latest.put(
                    new Slot(
                            pair.key,
                            point.getWindowNanos() / 1_000_000_000,
                            (point.getWindowStartUnixNano() - MetricPoints.BASE) / 1_000_000_000),
                    point);
        });
        return latest;
    }

    /** Counts of the ledger by outcome. */
    Map<String, Long> outcomes() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        for (LedgerEntry entry : ledger.readValuesToList()) {
            outcomes.clear();
            entry.getCounts().forEach(count -> outcomes.merge(count.getOutcome(), count.getCount(), Long::sum));
        }
        return Map.copyOf(outcomes);
    }

    TestOutputTopic<byte[], byte[]> deadLetters() {
        return deadLetters;
    }

    long entries(String store) {
        long entries = 0;
        try (var all = driver.<Object, Object>getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    @Override
    public void close() {
        driver.close();
    }
}
