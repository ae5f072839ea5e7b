package io.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.schemas.avro.GaugeRollup;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.SumRollup;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.Ports;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as a process, killed half-way: exact rollups and an exact ledger, with real Kafka and a real registry.
 */
class MetricsAggregatorIT {
    private static final int SERIES = 60;
    private static final int STEPS = 120;
    private static final int STEP_SECONDS = 5;
    private static final int WINDOW_SECONDS = 60;
    private static final int LONG_SECONDS = 300;
    private static final int PARTITIONS = 4;
    private static final long SECOND = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final String bootstrap = TestKafka.shared().bootstrapServers();
    private final String registry = TestRegistry.shared().url();
    private final String prefix = "it-" + UUID.randomUUID() + ".";
    private final Topics topics = Topics.of(prefix, PARTITIONS, new SchemaRegistry(registry));
    private final Random random = new Random(20260102);
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.ACKS_CONFIG, "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    /** Recent, because a broker deletes what is older than the retention; a multiple of the long window. */
    private final long base = Instant.now().minus(Duration.ofHours(1)).getEpochSecond() / LONG_SECONDS * LONG_SECONDS;

    private final Map<String, Object> expected = new TreeMap<>();
    private final Map<String, Long> outcomes = new HashMap<>();
    private final List<Future<RecordMetadata>> acks = new ArrayList<>();

    @Test
    void aKilledServiceGoesOnWithExactRollupsAndLedger() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            new TopicCreation(admin, Optional.empty()).create(topics.all());
        }
        topics.all().forEach(topic -> topic.registerSchemas());
        List<MetricPoint> points = points();
        int half = points.size() / 2;

        try (producer;
                TopicReader rollups =
                        new TopicReader(bootstrap, topics.rollups().name());
                TopicReader ledger = new TopicReader(bootstrap, topics.ledger().name())) {
            try (ServiceProcess first = start("first")) {
                points.subList(0, half).forEach(this::send);
                producer.flush();
                await().atMost(PATIENCE).until(() -> {
                    assertThat(first.isAlive()).isTrue();
                    return rollups.poll().size() > SERIES;
                });
                first.kill();
            }
            points.subList(half, points.size()).forEach(this::send);
            sendWhatIsNotRolledUp();
            try (ServiceProcess second = start("second")) {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(second.isAlive()).isTrue();
                    assertThat(latest(rollups)).isEqualTo(expected);
                });
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(counted(ledger)).isEqualTo(outcomes));
                assertThat(second.get("/actuator/health/readiness")).contains("\"status\":\"UP\"");
                assertThat(second.get("/actuator/prometheus"))
                        .contains("tributary_metrics_points_total")
                        .contains("reason=\"late\"");
            }
        }
    }

    private ServiceProcess start(String name) {
        return new ServiceProcess(
                Map.of(
                        "TRIBUTARY_KAFKA_BOOTSTRAPSERVERS",
                        bootstrap,
                        "TRIBUTARY_KAFKA_REGISTRYURL",
                        registry,
                        "TRIBUTARY_KAFKA_TOPICPREFIX",
                        prefix,
                        "TRIBUTARY_KAFKA_PARTITIONS",
                        Integer.toString(PARTITIONS),
                        "TRIBUTARY_KAFKA_STATEDIR",
                        directory.resolve("state").toString(),
                        "TRIBUTARY_METRICS_WINDOWS",
                        WINDOW_SECONDS + "s," + LONG_SECONDS + "s"),
                Ports.free(),
                Path.of("target", "it-" + name + ".log"));
    }

    /** Counters and gauges in turn, some seconds out of order; notes what they must add up to. */
    private List<MetricPoint> points() {
        record Arrival(long nanos, MetricPoint point) {}
        List<Arrival> arrivals = new ArrayList<>();
        for (int series = 0; series < SERIES; series++) {
            double value = 0;
            for (int step = 0; step < STEPS; step++) {
                int second = 1 + step * STEP_SECONDS;
                boolean counter = series % 2 == 0;
                boolean reset = counter && step % 50 == 49;
                double change = random.nextInt(100);
                value = counter && !reset ? value + change : change;
                boolean adds = step > 0;
                MetricPoint point = counter
                        ? MetricPoints.counter("it.counter", Double.NaN, 0, value)
                        : MetricPoints.gauge("it.gauge", 0, value);
                point.setLabels(Map.of("series", "s" + series, "host", "h" + series % 3));
                point.setTimeUnixNano((base + second) * SECOND);
                if (counter) {
                    // A reset is a fall in every case: the counter is larger than one change when it begins again.
                    expectCounter(series, second, adds ? change : 0, reset, value);
                } else {
                    expectGauge(series, second, value);
                }
                arrivals.add(new Arrival(point.getTimeUnixNano() + random.nextLong(20 * SECOND), point));
            }
        }
        arrivals.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
        return arrivals.stream().map(Arrival::point).toList();
    }

    private void expectCounter(int series, int second, double increase, boolean reset, double last) {
        for (long length : new long[] {WINDOW_SECONDS, LONG_SECONDS}) {
            expected.merge(
                    slot("it.counter", "s" + series, length, base + second / length * length),
                    new SumRollup(increase, reset ? 1L : 0L, last),
                    (a, b) -> new SumRollup(
                            ((SumRollup) a).getIncrease() + ((SumRollup) b).getIncrease(),
                            ((SumRollup) a).getResets() + ((SumRollup) b).getResets(),
                            ((SumRollup) b).getLast()));
        }
    }

    private void expectGauge(int series, int second, double value) {
        for (long length : new long[] {WINDOW_SECONDS, LONG_SECONDS}) {
            expected.merge(
                    slot("it.gauge", "s" + series, length, base + second / length * length),
                    new GaugeRollup(value, value, value, value),
                    (a, b) -> new GaugeRollup(
                            Math.min(((GaugeRollup) a).getMin(), value),
                            Math.max(((GaugeRollup) a).getMax(), value),
                            ((GaugeRollup) a).getSum() + value,
                            value));
        }
    }

    private void send(MetricPoint point) {
        outcomes.merge("forwarded", 1L, Long::sum);
        SeriesId id = MetricPoints.id(point);
        send(null, topics.metrics().encodeKey(id), topics.metrics().encodeValue(point), point.getTimeUnixNano());
    }

    private void send(Integer partition, byte[] key, byte[] value, long nanos) {
        acks.add(
                producer.send(new ProducerRecord<>(topics.metrics().name(), partition, nanos / 1_000_000, key, value)));
    }

    /** A repetition, late points, poison, a series' end; and a point that closes all windows of its partition. */
    private void sendWhatIsNotRolledUp() {
        long end = (base + STEPS * STEP_SECONDS + 1000) * SECOND;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            MetricPoint tick = MetricPoints.gauge("it.tick", 0, partition);
            tick.setLabels(Map.of("partition", "p" + partition));
            tick.setTimeUnixNano(end);
            byte[] key = topics.metrics().encodeKey(MetricPoints.id(tick));
            byte[] value = topics.metrics().encodeValue(tick);
            send(partition, key, value, end);
            outcomes.merge("forwarded", 1L, Long::sum);
            send(partition, key, value, end);
            outcomes.merge("duplicate", 1L, Long::sum);
            tick.setTimeUnixNano(base * SECOND);
            send(partition, key, topics.metrics().encodeValue(tick), end);
            outcomes.merge("dropped:late", 1L, Long::sum);
            tick.setTimeUnixNano(end + 3600 * SECOND);
            send(partition, key, topics.metrics().encodeValue(tick), end);
            outcomes.merge("dropped:future", 1L, Long::sum);
            tick.setTimeUnixNano(end);
            tick.setValue(null);
            send(partition, key, topics.metrics().encodeValue(tick), end);
            outcomes.merge("dropped:stale", 1L, Long::sum);
            send(partition, key, "poison".getBytes(StandardCharsets.UTF_8), end);
            outcomes.merge("dead_lettered", 1L, Long::sum);
        }
        producer.flush();
        assertThat(acks).extracting(Future::state).containsOnly(Future.State.SUCCESS);
    }

    private Map<String, Object> latest(TopicReader rollups) {
        Map<String, Object> latest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : rollups.poll()) {
            RollupPoint rollup = topics.rollups().decodeValue(record.value());
            if (!rollup.getName().equals("it.tick")) {
                String series = rollup.getLabels().get("series");
                latest.put(
                        slot(
                                rollup.getName(),
                                series,
                                rollup.getWindowNanos() / SECOND,
                                rollup.getWindowStartUnixNano() / SECOND),
                        rollup.getValue());
            }
        }
        return latest;
    }

    /** The ledger's counts by outcome, after a check that its entries cover every offset once. */
    private Map<String, Long> counted(TopicReader ledger) {
        Map<String, LedgerEntry> entries = new TreeMap<>();
        ledger.poll()
                .forEach(record -> entries.put(
                        topics.ledger().decodeKey(record.key()), topics.ledger().decodeValue(record.value())));
        Map<String, Long> counts = new HashMap<>();
        for (LedgerEntry entry : entries.values()) {
            assertThat(entry.getStage()).isEqualTo("metrics-aggregator");
            long all = entry.getGaps();
            for (var count : entry.getCounts()) {
                counts.merge(count.getOutcome(), count.getCount(), Long::sum);
                all += count.getCount();
            }
            assertThat(entry.getTo() - entry.getFrom()).isEqualTo(all);
        }
        return counts;
    }

    private static String slot(String name, String series, long length, long start) {
        return name + "/" + series + "/" + length + "/" + start;
    }
}
