package io.tributary.alerts.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.evaluation.EvaluationSettings;
import io.tributary.alerts.evaluation.GroupReports;
import io.tributary.alerts.notify.NotificationHeaders;
import io.tributary.alerts.planning.Instants;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.routing.Routing;
import io.tributary.alerts.routing.RoutingFile;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.evaluation.External;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.avro.NotificationLogEntry;
import io.tributary.schemas.avro.NotificationReason;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.avro.SummaryValue;
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
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times are in seconds since the start; rules are evaluated every 10, from the start on, with a delay of 5. */
class AlertTopologyTest {
    private static final String FILE = "rules.yml";
    private static final Instant START = Instant.ofEpochMilli(
            Instants.of(FILE, "shop", Duration.ofSeconds(10)).after(1_700_000_000_000L));

    @TempDir
    private Path folder;

    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://alert-topology"));
    private final GroupReports reports = new GroupReports();
    private RuleSet inForce;
    private AlertTopology topology;
    private TopologyTestDriver driver;
    private long now;

    @BeforeEach
    void start() throws IOException {
        inForce = rules("""
                groups:
                  - name: shop
                    interval: 10s
                    rules:
                      - {alert: High, expr: "load > 5", for: 20s, labels: {severity: page}}
                      - {alert: Busy, expr: "calls_count{job=~'c.*'} >= 3"}
                """);
        Path config = Files.writeString(folder.resolve("alertmanager.yml"), """
                route: {receiver: hook, group_by: [alertname], group_wait: 30s, group_interval: 2m, repeat_interval: 1h}
                receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:1/hook"}]}]
                """);
        EvaluationSettings evaluation = new EvaluationSettings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                EvaluationSettings.NoData.KEEP_FIRING,
                Duration.ofDays(1));
        Routing routing = RoutingFile.read(config);
        topology = new AlertTopology(
                topics,
                new AlertTopology.Plan(
                        "test",
                        () -> inForce,
                        new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE),
                        evaluation,
                        Duration.ofSeconds(5),
                        new MemoryBudget(10 << 20),
                        100,
                        () -> new AlertTopology.Partitions(1, 1),
                        reports,
                        routing));
        driver = new TopologyTestDriver(topology.get(), new Properties(), START);
    }

    private static RuleSet rules(String text) {
        return RuleSet.of(new RuleFiles(RuleFileOptions.DEFAULT).read(FILE, text), EngineOptions.DEFAULT);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void anAlertFiresAfterForAndTheGroupIsToldAfterItsWait() {
        load("a", 9);
        at(24);
        assertThat(alerts()).isEmpty();
        at(26);
        List<Alert> fired = alerts();
        assertThat(fired).singleElement().satisfies(alert -> {
            assertThat(alert.getLabels()).isEqualTo(Map.of("alertname", "High", "severity", "page", "host", "a"));
            assertThat(seconds(alert.getStartsAtUnixNano())).isEqualTo(20);
        });
        assertThat(messages()).isEmpty();
        at(60);
        assertThat(messages()).containsExactly("FIRST firing a");
    }

    @Test
    void alertsOfAGroupAreToldTogetherAndChangesAfterTheInterval() {
        load("a", 9);
        load("b", 9);
        at(60);
        String first = deliverAll();
        assertThat(first).isEqualTo("FIRST firing a firing b");
        load("b", 1);
        at(100);
        assertThat(messages()).isEmpty();
        load("a", 9);
        at(190);
        assertThat(deliverAll()).isEqualTo("NEW_RESOLVED firing a resolved b");
        load("a", 1);
        at(400);
        assertThat(deliverAll()).isEqualTo("ALL_RESOLVED resolved a");
        at(800);
        assertThat(messages()).isEmpty();
        assertThat(driver.getKeyValueStore(AlertStores.GROUPS).approximateNumEntries())
                .isZero();
    }

    @Test
    void anUnchangedGroupIsToldAgainAfterTheRepeatInterval() {
        load("a", 9);
        at(60);
        assertThat(deliverAll()).isEqualTo("FIRST firing a");
        at(3600);
        assertThat(messages()).isEmpty();
        at(3900);
        assertThat(deliverAll()).isEqualTo("REPEAT firing a");
    }

    @Test
    void nothingIsToldWhileTheFirstMessageIsOnItsWayAndARefusedOneIsTriedAgain() {
        load("a", 9);
        at(60);
        Notification first = notifications().getFirst();
        load("b", 9);
        at(400);
        assertThat(messages()).isEmpty();
        answer(first, "", NotificationHeaders.refusedMessage(first.getIdempotencyKey()));
        at(600);
        assertThat(messages()).containsExactly("FIRST firing a firing b");
    }

    @Test
    void aRestartOnTheSameStateNeitherRepeatsNorLoses() {
        load("a", 9);
        at(25);
        restart();
        at(60);
        assertThat(deliverAll()).isEqualTo("FIRST firing a");
        load("a", 9);
        restart();
        at(700);
        assertThat(messages()).isEmpty();
        load("a", 1);
        at(900);
        assertThat(messages()).containsExactly("ALL_RESOLVED resolved a");
    }

    @Test
    void aSourceThatStopsIsNoDataAndNotResolved() {
        load("a", 9);
        at(60);
        deliverAll();
        at(1500);
        assertThat(messages()).isEmpty();
        assertThat(alerts())
                .last()
                .satisfies(alert -> assertThat(alert.getAnnotations()).containsKey("no_data_since"));
    }

    @Test
    void ourOwnAbsenceResolvesNothing() {
        load("a", 9);
        at(60);
        deliverAll();
        Map<String, Map<Object, Object>> state = state();
        driver.close();
        now = 7200;
        driver = new TopologyTestDriver(topology.get(), new Properties(), START.plusSeconds(now));
        restore(state);
        at(7202);
        assertThat(messages()).doesNotContain("ALL_RESOLVED resolved a");
    }

    @Test
    void aSummaryIsAddressedByItsClassicSeries() {
        point(MetricPoint.newBuilder()
                .setName("calls")
                .setLabels(Map.of("job", "cart"))
                .setKind(MetricKind.SUMMARY)
                .setValue(SummaryValue.newBuilder().setCount(3).setSum(1.5).build()));
        at(20);
        assertThat(alerts())
                .extracting(alert -> alert.getLabels().get("alertname"))
                .containsExactly("Busy");
    }

    @Test
    void poisonIsDeadLetteredAndTheRestGoesOnAndTheLedgerAddsUp() {
        driver.createInputTopic(topics.metrics().name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new byte[16], new byte[] {1, 2, 3});
        MetricPoint wrongKey = MetricPoint.newBuilder()
                .setName("load")
                .setTimeUnixNano(nanos(0))
                .setValue(9.0)
                .build();
        pipe(topics.metrics(), new SeriesId(1, 2), wrongKey);
        load("a", 9);
        load("a", 9);
        point(MetricPoint.newBuilder().setName("other").setValue(1.0));
        point(MetricPoint.newBuilder()
                .setName("load")
                .setTimeUnixNano(nanos(3600))
                .setValue(9.0));
        at(2);
        assertThat(output(topics.metrics().deadLetterName()).readValuesToList()).hasSize(2);
        List<TestRecord<byte[], byte[]>> ledger = output(topics.ledger().name()).readRecordsToList();
        assertThat(counts(ledger, topics.metrics().name()))
                .containsExactlyInAnyOrder(
                        "dead_lettered 1",
                        "dead_lettered 1",
                        "forwarded 2",
                        "dropped:not_selected 1",
                        "dropped:future 1");
        assertThat(counts(ledger, topics.metrics().name() + ".selected"))
                .containsExactlyInAnyOrder("stored 1", "duplicate 1", "forwarded 1");
    }

    @Test
    void absentFiresWhenNothingComesAtAll() {
        inForce = rules("""
                groups:
                  - name: shop
                    interval: 10s
                    rules:
                      - {alert: Gone, expr: "absent(load)", for: 20s}
                """);
        at(36);
        assertThat(alerts())
                .singleElement()
                .satisfies(alert ->
                        assertThat(seconds(alert.getStartsAtUnixNano())).isEqualTo(20));
        load("a", 1);
        at(56);
        assertThat(alerts())
                .last()
                .satisfies(
                        alert -> assertThat(seconds(alert.getEndsAtUnixNano())).isEqualTo(40));
    }

    @Test
    void whatIsRecordedGoesToTheMetricsTopicAndIsReadByTheNextRuleAndByOtherGroups() {
        inForce = rules("""
                groups:
                  - name: shop
                    interval: 10s
                    rules:
                      - {record: "host:load:max", expr: "max by (host) (load)"}
                      - {alert: Recorded, expr: "host:load:max > 5"}
                  - name: other
                    interval: 10s
                    rules:
                      - {alert: Cascaded, expr: "sum(host:load:max) > 5"}
                """);
        load("a", 9);
        at(40);
        assertThat(alerts())
                .extracting(alert -> alert.getLabels().get("alertname"))
                .contains("Recorded", "Cascaded");
        List<String> recorded = output(topics.metrics().name()).readValuesToList().stream()
                .map(topics.metrics()::decodeValue)
                .map(point -> point.getName() + point.getLabels().get("host") + " " + point.getValue() + " at "
                        + seconds(point.getTimeUnixNano()))
                .toList();
        assertThat(recorded).contains("host:load:maxa 9.0 at 0", "host:load:maxa 9.0 at 10", "ALERTSa 1.0 at 10");
    }

    @Test
    void otherRulesTakeEffectAndTheStateOfThoseThatStaySurvives() {
        load("a", 9);
        at(20);
        inForce = rules("""
                groups:
                  - name: shop
                    interval: 10s
                    rules:
                      - {alert: New, expr: "load > 1"}
                      - {alert: High, expr: "load > 5", for: 20s, labels: {severity: page}}
                """);
        at(36);
        assertThat(alerts())
                .extracting(alert -> alert.getLabels().get("alertname") + " " + seconds(alert.getStartsAtUnixNano()))
                .containsExactly("New 20", "High 20");
    }

    private List<String> counts(List<TestRecord<byte[], byte[]>> ledger, String topic) {
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

    private void load(String host, double value) {
        point(MetricPoint.newBuilder()
                .setName("load")
                .setLabels(Map.of("host", host))
                .setKind(MetricKind.GAUGE)
                .setValue(value));
    }

    private void point(MetricPoint.Builder builder) {
        if (!builder.hasTimeUnixNano()) {
            builder.setTimeUnixNano(nanos(now));
        }
        MetricPoint point = builder.build();
        pipe(topics.metrics(), SeriesId.of(point.getTenant(), point.getName(), point.getLabels()), point);
    }

    private <K, V> void pipe(Topic<K, V> topic, K key, V value) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        topic.encodeKey(key), topic.encodeValue(value), new RecordHeaders(), nanos(now) / 1_000_000));
    }

    private void at(long second) {
        while (now < second) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            now++;
        }
    }

    private List<Alert> alerts() {
        return output(topics.alerts().name()).readValuesToList().stream()
                .map(topics.alerts()::decodeValue)
                .toList();
    }

    private List<Notification> notifications() {
        return output(topics.notifications().name()).readValuesToList().stream()
                .map(topics.notifications()::decodeValue)
                .toList();
    }

    private List<String> messages() {
        return notifications().stream().map(AlertTopologyTest::summary).toList();
    }

    /** Tells the topology that all messages were delivered. */
    private String deliverAll() {
        List<Notification> all = notifications();
        all.forEach(each -> answer(each, each.getIdempotencyKey(), new RecordHeaders()));
        return String.join("; ", all.stream().map(AlertTopologyTest::summary).toList());
    }

    private void answer(Notification message, String key, org.apache.kafka.common.header.Headers headers) {
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

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(
                topic,
                new org.apache.kafka.common.serialization.ByteArrayDeserializer(),
                new org.apache.kafka.common.serialization.ByteArrayDeserializer());
    }

    /** A new driver with what the changelogs would restore. */
    private void restart() {
        Map<String, Map<Object, Object>> state = state();
        driver.close();
        driver = new TopologyTestDriver(topology.get(), new Properties(), START.plusSeconds(now));
        restore(state);
    }

    private Map<String, Map<Object, Object>> state() {
        Map<String, Map<Object, Object>> all = new java.util.HashMap<>();
        for (String name : List.of(
                AlertStores.SAMPLES, AlertStores.RULES, AlertStores.ALERTS, AlertStores.GROUPS, AlertStores.MEMBERS)) {
            KeyValueStore<Object, Object> store = driver.getKeyValueStore(name);
            Map<Object, Object> entries = new java.util.HashMap<>();
            try (var iterator = store.all()) {
                while (iterator.hasNext()) {
                    KeyValue<Object, Object> each = iterator.next();
                    entries.put(each.key, each.value);
                }
            }
            all.put(name, entries);
        }
        return all;
    }

    private void restore(Map<String, Map<Object, Object>> state) {
        state.forEach((name, entries) ->
                entries.forEach((key, value) -> driver.getKeyValueStore(name).put(key, value)));
    }

    private static long nanos(long second) {
        return TimeUnit.MILLISECONDS.toNanos(START.toEpochMilli()) + TimeUnit.SECONDS.toNanos(second);
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos - nanos(0));
    }
}
