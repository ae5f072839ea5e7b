package io.tributary.alerts.stream;

import io.tributary.alerts.evaluation.EvaluationSettings;
import io.tributary.alerts.evaluation.GroupReports;
import io.tributary.alerts.label.AlertKey;
import io.tributary.alerts.label.Fingerprint;
import io.tributary.alerts.planning.Instants;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.routing.RoutingFile;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.evaluation.External;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.runtime.source.SourceLag;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.avro.NotificationLogEntry;
import io.tributary.schemas.avro.NotificationReason;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology of alerts in a driver. Times are in seconds since the start; rules are evaluated every 10, from the
 * start on, with a delay of 5. A sender's word holds for 240. Unless a test routes otherwise, receivers are told 30
 * after the first alert of a group, then every 120, and every 3600 though nothing changed.
 */
final class AlertDriver implements AutoCloseable {
    /** For how many seconds the word holds that an alert fires. */
    private static final long LEASE = 240;

    private static final String FILE = "rules.yml";
    private static final Instant START = Instant.ofEpochMilli(
            Instants.of(FILE, "shop", Duration.ofSeconds(10)).after(1_700_000_000_000L));

    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://alert-topology"));
    private final SourceLag lag = new SourceLag();
    private final GroupReports reports = new GroupReports();
    private RuleSet inForce;
    private final Path folder;
    private final MemoryBudget memory;
    private AlertTopology topology;
    private TopologyTestDriver driver;
    /** What the changelog of samples says, in the order in which it was written. */
    private final Map<Bytes, byte[]> samples = new LinkedHashMap<>();

    private long now;
    private long alertsThere;

    /** Begins with these rules; the folder takes the routing. */
    AlertDriver(Path folder, String rules) throws IOException {
        this(folder, rules, new MemoryBudget(10 << 20));
    }

    /** Begins with these rules, and so much room for samples; the folder takes the routing. */
    AlertDriver(Path folder, String rules, MemoryBudget memory) throws IOException {
        this.folder = folder;
        this.memory = memory;
        rulesAre(rules);
        unread(0);
        topology = topology("""
                route: {receiver: hook, group_by: [alertname], group_wait: 30s, group_interval: 2m, repeat_interval: 1h}
                receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:1/hook"}]}]
                """);
        driver = new TopologyTestDriver(topology.get(), new Properties(), START);
    }

    private AlertTopology topology(String routing) throws IOException {
        EvaluationSettings evaluation = new EvaluationSettings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                EvaluationSettings.NoData.KEEP_FIRING,
                Duration.ofDays(1));
        return new AlertTopology(
                topics,
                new AlertTopology.Plan(
                        "test",
                        () -> inForce,
                        new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE),
                        evaluation,
                        Duration.ofSeconds(5),
                        memory,
                        100,
                        () -> new AlertTopology.Partitions(1, 1),
                        partition -> alertsThere,
                        lag,
                        reports,
                        RoutingFile.read(Files.writeString(folder.resolve("alertmanager.yml"), routing))));
    }

    /** From now on, these rules are in force. */
    void rulesAre(String text) {
        inForce = RuleSet.of(new RuleFiles(RuleFileOptions.DEFAULT).read(FILE, text), EngineOptions.DEFAULT);
    }

    /** So many points wait in Kafka that were not fetched. */
    void unread(long points) {
        lag.note(new TopicPartition(topics.metrics().name(), 0), OptionalLong.of(points));
    }

    /** The state is lost, and the topic of alerts holds so many, which are read again. */
    void loseState(long alerts) {
        driver.close();
        alertsThere = alerts;
        driver = new TopologyTestDriver(topology.get(), new Properties(), START.plusSeconds(now));
    }

    Topics topics() {
        return topics;
    }

    /** How many entries the store has. */
    long entries(String store) {
        return driver.getKeyValueStore(store).approximateNumEntries();
    }

    /** A record of the topic of points that is none. */
    void poison() {
        driver.createInputTopic(topics.metrics().name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new byte[16], new byte[] {1, 2, 3});
    }

    @Override
    public void close() {
        driver.close();
    }

    /** What the newest of these ledger entries of the topic counts: outcome and number. */
    List<String> counts(List<TestRecord<byte[], byte[]>> ledger, String topic) {
        List<OutcomeCount> counts = new ArrayList<>();
        for (TestRecord<byte[], byte[]> entry : ledger) {
            LedgerEntry decoded = topics.ledger().decodeValue(entry.value());
            if (decoded.getTopic().equals(topic)) {
                counts = decoded.getCounts();
            }
        }
        return counts.stream()
                .map(count -> count.getOutcome() + " " + count.getCount())
                .toList();
    }

    /** A point of the metric {@code load}, now. */
    void load(String host, double value) {
        point(MetricPoint.newBuilder()
                .setName("load")
                .setLabels(Map.of("host", host))
                .setKind(MetricKind.GAUGE)
                .setValue(value));
    }

    /** This point; now, if it has no time. */
    void point(MetricPoint.Builder builder) {
        if (!builder.hasTimeUnixNano()) {
            builder.setTimeUnixNano(nanos(now));
        }
        MetricPoint point = builder.build();
        pipe(topics.metrics(), SeriesId.of(point.getTenant(), point.getName(), point.getLabels()), point);
    }

    /** Somebody says at one second that the alert of a host fires since another; that holds for {@link #LEASE}. */
    void fires(String host, long since, long saidAt) {
        word(host, since, saidAt + LEASE, saidAt);
    }

    /** Somebody says that the alert of a host, which fires since one second, ends at this one. */
    void ended(String host, long since, long at) {
        word(host, since, at, at);
    }

    private void word(String host, long since, long until, long saidAt) {
        Map<String, String> labels = Map.of("alertname", "High", "host", host);
        String fingerprint = Fingerprint.of(labels);
        Alert alert = Alert.newBuilder()
                .setFingerprint(fingerprint)
                .setLabels(labels)
                .setStartsAtUnixNano(nanos(since))
                .setEndsAtUnixNano(nanos(until))
                .setUpdatedAtUnixNano(nanos(saidAt))
                .build();
        pipe(topics.alerts(), AlertKey.of(alert.getTenant(), fingerprint), alert);
    }

    <K, V> void pipe(Topic<K, V> topic, K key, V value) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        topic.encodeKey(key), topic.encodeValue(value), new RecordHeaders(), nanos(now) / 1_000_000));
    }

    /** Lets time go on to this second. */
    void at(long second) {
        while (now < second) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            now++;
        }
    }

    /** What is newly known of alerts. */
    List<Alert> alerts() {
        return output(topics.alerts().name()).readValuesToList().stream()
                .map(topics.alerts()::decodeValue)
                .toList();
    }

    /** What is newly to be sent. */
    List<Notification> notifications() {
        return output(topics.notifications().name()).readValuesToList().stream()
                .map(topics.notifications()::decodeValue)
                .toList();
    }

    /** The same in short: why, and each alert's state and host. */
    List<String> messages() {
        return notifications().stream().map(AlertDriver::summary).toList();
    }

    /** Tells the topology that all messages were delivered. */
    String deliverAll() {
        List<Notification> all = notifications();
        all.forEach(this::delivered);
        return String.join("; ", all.stream().map(AlertDriver::summary).toList());
    }

    /** Tells the topology that this message was delivered. */
    void delivered(Notification message) {
        answer(message, message.getIdempotencyKey(), new RecordHeaders());
    }

    /** Says what became of a message: its key if it was delivered. */
    void answer(Notification message, String key, Headers headers) {
        Topic<NotificationKey, NotificationLogEntry> log = topics.notificationLog();
        NotificationLogEntry entry = NotificationLogEntry.newBuilder()
                .setGroupKey(message.getGroupKey())
                .setReceiver(message.getReceiver())
                .setIdempotencyKey(key)
                .setSentAtUnixNano(nanos(now))
                .build();
        byte[] group = log.encodeKey(new NotificationKey("default", message.getGroupKey(), message.getReceiver()));
        driver.createInputTopic(log.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(group, log.encodeValue(entry), headers, 0L));
    }

    private static String summary(Notification message) {
        StringBuilder text = new StringBuilder(
                message.getReason() == NotificationReason.OTHER
                        ? "?"
                        : message.getReason().name());
        for (Alert alert : message.getAlerts()) {
            boolean firing = alert.getEndsAtUnixNano() > message.getDueAtUnixNano();
            text.append(firing ? " firing " : " resolved ")
                    .append(alert.getLabels().get("host"));
        }
        return text.toString();
    }

    TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Goes on at once with what the changelogs would restore. */
    void restart() {
        restart(now);
    }

    /** Goes on at once with what the changelogs would restore, and with this routing. */
    void restart(String routing) throws IOException {
        restart(now, routing);
    }

    /** Goes on at this second with what the changelogs would restore, and with this routing. */
    void restart(long second, String routing) throws IOException {
        topology = topology(routing);
        restart(second);
    }

    /** Goes on at this second with what the changelogs would restore, as if it had not run since. */
    void restart(long second) {
        Map<String, Map<Object, Object>> state = state();
        driver.close();
        now = second;
        driver = new TopologyTestDriver(topology.get(), new Properties(), START.plusSeconds(now));
        restore(state);
    }

    private Map<String, Map<Object, Object>> state() {
        Map<String, Map<Object, Object>> all = new HashMap<>();
        for (String name : List.of(
                AlertStores.RULES,
                AlertStores.ALERTS,
                AlertStores.READ,
                AlertStores.GROUPS,
                AlertStores.MEMBERS,
                AlertStores.NUMBERS)) {
            KeyValueStore<Object, Object> store = driver.getKeyValueStore(name);
            Map<Object, Object> entries = new HashMap<>();
            try (var iterator = store.all()) {
                while (iterator.hasNext()) {
                    KeyValue<Object, Object> each = iterator.next();
                    entries.put(each.key, each.value);
                }
            }
            all.put(name, entries);
        }
        readChangelogOfSamples();
        return all;
    }

    private void readChangelogOfSamples() {
        for (String topic : Set.copyOf(driver.producedTopicNames())) {
            if (topic.endsWith("-" + AlertStores.SAMPLES + "-changelog")) {
                for (KeyValue<byte[], byte[]> entry : output(topic).readKeyValuesToList()) {
                    Bytes key = Bytes.wrap(entry.key);
                    samples.remove(key);
                    if (entry.value != null) {
                        samples.put(key, entry.value);
                    }
                }
            }
        }
    }

    private void restore(Map<String, Map<Object, Object>> state) {
        state.forEach((name, entries) ->
                entries.forEach((key, value) -> driver.getKeyValueStore(name).put(key, value)));
        ShardSamples restored = (ShardSamples) driver.getStateStore(AlertStores.SAMPLES);
        samples.forEach((key, value) -> restored.store().restore(key.get(), value));
    }

    /** This second since the start, in nanoseconds since the epoch UTC. */
    static long nanos(long second) {
        return TimeUnit.MILLISECONDS.toNanos(START.toEpochMilli()) + TimeUnit.SECONDS.toNanos(second);
    }

    /** The second since the start of this time. */
    static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos - nanos(0));
    }
}
