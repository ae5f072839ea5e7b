package io.tributary.alerts.stream;

import static io.tributary.alerts.stream.AlertDriver.nanos;
import static io.tributary.alerts.stream.AlertDriver.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.notify.NotificationHeaders;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTopologyTest {
    @TempDir
    private Path folder;

    private AlertDriver alerting;

    @BeforeEach
    void start() throws IOException {
        alerting = new AlertDriver(folder, """
                groups:
                  - name: shop
                    interval: 10s
                    rules:
                      - {alert: High, expr: "load > 5", for: 20s, labels: {severity: page}}
                      - {alert: Busy, expr: "calls_count{job=~'c.*'} >= 3"}
                """);
    }

    @AfterEach
    void close() {
        alerting.close();
    }

    @Test
    void anAlertFiresAfterForAndTheGroupIsToldAfterItsWait() {
        alerting.load("a", 9);
        alerting.at(24);
        assertThat(alerting.alerts()).isEmpty();
        alerting.at(26);
        List<Alert> fired = alerting.alerts();
        assertThat(fired).singleElement().satisfies(alert -> {
            assertThat(alert.getLabels()).isEqualTo(Map.of("alertname", "High", "severity", "page", "host", "a"));
            assertThat(seconds(alert.getStartsAtUnixNano())).isEqualTo(20);
        });
        assertThat(alerting.messages()).isEmpty();
        alerting.at(60);
        assertThat(alerting.messages()).containsExactly("FIRST firing a");
    }

    @Test
    void alertsOfAGroupAreToldTogetherAndChangesAfterTheInterval() {
        alerting.load("a", 9);
        alerting.load("b", 9);
        alerting.at(60);
        String first = alerting.deliverAll();
        assertThat(first).isEqualTo("FIRST firing a firing b");
        alerting.load("b", 1);
        alerting.at(100);
        assertThat(alerting.messages()).isEmpty();
        alerting.load("a", 9);
        alerting.at(190);
        assertThat(alerting.deliverAll()).isEqualTo("NEW_RESOLVED firing a resolved b");
        alerting.load("a", 1);
        alerting.at(400);
        assertThat(alerting.deliverAll()).isEqualTo("ALL_RESOLVED resolved a");
        alerting.at(800);
        assertThat(alerting.messages()).isEmpty();
        assertThat(alerting.entries(AlertStores.GROUPS)).isZero();
    }

    @Test
    void anUnchangedGroupIsToldAgainAfterTheRepeatInterval() {
        alerting.load("a", 9);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.at(3600);
        assertThat(alerting.messages()).isEmpty();
        alerting.at(3900);
        assertThat(alerting.deliverAll()).isEqualTo("REPEAT firing a");
    }

    /** As after a network was cut, while agents send what they kept. */
    @Test
    void samplesThatComeLateForLongEndNothing() {
        alerting.load("a", 9);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.at(600);
        assertThat(alerting.messages()).isEmpty();
        for (int second = 601; second < 1400; second++) {
            alerting.point(MetricPoint.newBuilder()
                    .setName("other")
                    .setTimeUnixNano(AlertDriver.nanos(second - 500))
                    .setLabels(Map.of())
                    .setKind(MetricKind.GAUGE)
                    .setValue(1.0));
            alerting.at(second);
        }
        assertThat(alerting.messages()).isEmpty();
    }

    @Test
    void nothingIsToldWhileTheFirstMessageIsOnItsWayAndARefusedOneIsTriedAgain() {
        alerting.load("a", 9);
        alerting.at(60);
        Notification first = alerting.notifications().getFirst();
        alerting.load("b", 9);
        alerting.at(400);
        assertThat(alerting.messages()).isEmpty();
        alerting.answer(first, "", NotificationHeaders.refusedMessage(first.getIdempotencyKey()));
        alerting.at(600);
        assertThat(alerting.messages()).containsExactly("FIRST firing a firing b");
    }

    @Test
    void aRestartOnTheSameStateNeitherRepeatsNorLoses() {
        alerting.load("a", 9);
        alerting.at(25);
        alerting.restart();
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.load("a", 9);
        alerting.restart();
        alerting.at(700);
        assertThat(alerting.messages()).isEmpty();
        alerting.load("a", 1);
        alerting.at(900);
        assertThat(alerting.messages()).containsExactly("ALL_RESOLVED resolved a");
    }

    @Test
    void aSourceThatStopsIsNoDataAndNotResolved() {
        alerting.load("a", 9);
        alerting.at(60);
        alerting.deliverAll();
        alerting.at(1500);
        assertThat(alerting.messages()).isEmpty();
        assertThat(alerting.alerts())
                .last()
                .satisfies(alert -> assertThat(alert.getAnnotations()).containsKey("no_data_since"));
    }

    @Test
    void ourOwnAbsenceResolvesNothing() {
        alerting.load("a", 9);
        alerting.at(60);
        alerting.deliverAll();
        alerting.restart(7200);
        alerting.at(7202);
        assertThat(alerting.messages()).doesNotContain("ALL_RESOLVED resolved a");
    }

    @Test
    void aSummaryIsAddressedByItsClassicSeries() {
        alerting.point(MetricPoint.newBuilder()
                .setName("calls")
                .setLabels(Map.of("job", "cart"))
                .setKind(MetricKind.SUMMARY)
                .setValue(SummaryValue.newBuilder().setCount(3).setSum(1.5).build()));
        alerting.at(20);
        assertThat(alerting.alerts())
                .extracting(alert -> alert.getLabels().get("alertname"))
                .containsExactly("Busy");
    }

    @Test
    void poisonIsDeadLetteredAndTheRestGoesOnAndTheLedgerAddsUp() {
        Topics topics = alerting.topics();
        alerting.poison();
        MetricPoint wrongKey = MetricPoint.newBuilder()
                .setName("load")
                .setTimeUnixNano(nanos(0))
                .setValue(9.0)
                .build();
        alerting.pipe(topics.metrics(), new SeriesId(1, 2), wrongKey);
        alerting.load("a", 9);
        alerting.load("a", 9);
        alerting.point(MetricPoint.newBuilder().setName("other").setValue(1.0));
        alerting.point(MetricPoint.newBuilder()
                .setName("load")
                .setTimeUnixNano(nanos(3600))
                .setValue(9.0));
        alerting.at(2);
        assertThat(alerting.output(topics.metrics().deadLetterName()).readValuesToList())
                .hasSize(2);
        List<TestRecord<byte[], byte[]>> ledger =
                alerting.output(topics.ledger().name()).readRecordsToList();
        assertThat(alerting.counts(ledger, topics.metrics().name()))
                .containsExactlyInAnyOrder(
                        "dead_lettered 1",
                        "dead_lettered 1",
                        "forwarded 2",
                        "dropped:not_selected 1",
                        "dropped:future 1");
        assertThat(alerting.counts(ledger, topics.metrics().name() + ".selected"))
                .containsExactlyInAnyOrder("stored 1", "duplicate 1", "forwarded 1");
    }

    @Test
    void seriesForWhichThereIsNoRoomAreCountedAndRulesGoOnWithTheOthersAlsoAfterARestart() throws IOException {
        MemoryBudget room = new MemoryBudget(5000);
        try (AlertDriver crowded = new AlertDriver(folder, """
                groups: [{name: shop, interval: 10s, rules: [{alert: High, expr: "load > 5"}]}]
                """, room)) {
            for (int host = 0; host < 20; host++) {
                crowded.load("host" + host, 9);
            }
            crowded.at(12);
            int told = crowded.alerts().size();
            assertThat(told).isBetween(1, 19);
            Topics topics = crowded.topics();
            assertThat(crowded.counts(
                            crowded.output(topics.ledger().name()).readRecordsToList(),
                            topics.metrics().name() + ".selected"))
                    .contains("stored " + told, "dropped:no_room " + (20 - told));
            long taken = room.taken();
            crowded.restart();
            crowded.at(13);
            assertThat(room.taken()).isBetween(taken / 2, taken);
        }
        assertThat(room.taken()).isZero();
    }

    @Test
    void aBacklogThatIsNotYetFetchedIsNoSilence() {
        alerting.unread(4);
        alerting.at(30);
        workOffABacklog();
        alerting.unread(0);
        alerting.at(36);
        assertPendingAsWithoutABacklog();
    }

    @Test
    void recordsThatCannotBeReadAreNoSilence() {
        for (long second = 1; second <= 30; second++) {
            alerting.at(second);
            alerting.poison();
        }
        workOffABacklog();
        alerting.at(36);
        assertPendingAsWithoutABacklog();
    }

    private void workOffABacklog() {
        for (long second : List.of(3, 12, 22, 29)) {
            alerting.point(MetricPoint.newBuilder()
                    .setName("load")
                    .setLabels(Map.of("host", "a"))
                    .setKind(MetricKind.GAUGE)
                    .setTimeUnixNano(AlertDriver.nanos(second))
                    .setValue(9.0));
        }
    }

    private void assertPendingAsWithoutABacklog() {
        assertThat(alerting.alerts())
                .as("pending from the instant at which it would have been without a backlog")
                .singleElement()
                .satisfies(alert ->
                        assertThat(seconds(alert.getStartsAtUnixNano())).isEqualTo(30));
    }

    @Test
    void absentFiresWhenNothingComesAtAll() {
        alerting.rulesAre("""
                groups:
                  - name: shop
                    interval: 10s
                    rules:
                      - {alert: Gone, expr: "absent(load)", for: 20s}
                """);
        alerting.at(36);
        assertThat(alerting.alerts())
                .singleElement()
                .satisfies(alert ->
                        assertThat(seconds(alert.getStartsAtUnixNano())).isEqualTo(20));
        alerting.load("a", 1);
        alerting.at(56);
        assertThat(alerting.alerts())
                .last()
                .satisfies(
                        alert -> assertThat(seconds(alert.getEndsAtUnixNano())).isEqualTo(40));
    }

    @Test
    void whatIsRecordedGoesToTheMetricsTopicAndIsReadByTheNextRuleAndByOtherGroups() {
        alerting.rulesAre("""
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
        alerting.load("a", 9);
        alerting.at(40);
        assertThat(alerting.alerts())
                .extracting(alert -> alert.getLabels().get("alertname"))
                .contains("Recorded", "Cascaded");
        List<String> recorded = alerting.output(alerting.topics().metrics().name()).readValuesToList().stream()
                .map(alerting.topics().metrics()::decodeValue)
                .map(point -> point.getName() + point.getLabels().get("host") + " " + point.getValue() + " at "
                        + seconds(point.getTimeUnixNano()))
                .toList();
        assertThat(recorded).contains("host:load:maxa 9.0 at 0", "host:load:maxa 9.0 at 10", "ALERTSa 1.0 at 10");
    }

    @Test
    void otherRulesTakeEffectAndTheStateOfThoseThatStaySurvives() {
        alerting.load("a", 9);
        alerting.at(20);
        alerting.rulesAre("""
                groups:
                  - name: shop
                    interval: 10s
                    rules:
                      - {alert: New, expr: "load > 1"}
                      - {alert: High, expr: "load > 5", for: 20s, labels: {severity: page}}
                """);
        alerting.at(36);
        assertThat(alerting.alerts())
                .extracting(alert -> alert.getLabels().get("alertname") + " " + seconds(alert.getStartsAtUnixNano()))
                .containsExactly("New 20", "High 20");
    }
}
