package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import io.tributary.it.client.PlainConsumer;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Groups;
import io.tributary.it.system.Http;
import io.tributary.it.system.Search;
import io.tributary.it.system.Sql;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every stage reads its topics again from the start, after the data streams rolled over: nothing changes. The first of
 * the scenarios, since what others sent before would be read again too.
 */
@Order(1)
@Tag("faults")
@ExtendWith(Tributary.Started.class)
class ReplayIT {
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Longer than it takes from a sample to a message. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final List<String> PARTS =
            List.of("log-indexer", "metrics-aggregator", "trace-assembler", "alert-router", "connect");
    private static final List<String> GROUPS = List.of(
            "log-indexer",
            "metrics-aggregator",
            "trace-assembler",
            "alert-router",
            "alert-router-notifier",
            "connect-elasticsearch",
            "connect-questdb");
    /** Those whose state says only what they read, so that it is made anew. */
    private static final List<String> FORGETFUL = List.of("metrics-aggregator", "trace-assembler");
    /** Topics between two steps of one service. */
    private static final Set<String> HOPS =
            Set.of("tributary.metrics.selected", "tributary.alerts.grouped", "tributary.service-edges.changes");

    private static final String ROLLUPS = "tributary.metrics.rollup";

    @TempDir
    private Path folder;

    /** What the stores say that is made of many records. */
    private record Answer(Set<JsonNode> rollups, Set<JsonNode> edges, Set<JsonNode> dependencies) {}

    @Test
    void readingEverythingAgainChangesNothing(Tributary tributary) throws Exception {
        Stored stored = new Stored(tributary);
        try (Webhook receiver = new Webhook();
                Groups groups = new Groups(tributary);
                PlainConsumer consumer = new PlainConsumer(tributary);
                Load logs = Load.start(Signal.LOGS, tributary, PER_SECOND);
                Load spans = Load.start(Signal.SPANS, tributary, PER_SECOND);
                Load points = Load.start(Signal.METRICS, tributary, PER_SECOND)) {
            List<Load> loads = List.of(logs, spans, points);
            List<String> told = List.of("firing Few", "resolved Few", "firing Many");
            long rollups;
            Answer answer;
            try (Alerting alerting = new Alerting(
                    tributary,
                    folder,
                    receiver.url(),
                    "{alert: Few, expr: max(" + points.metric() + ") < 50000}",
                    "{alert: Many, expr: max(" + points.metric() + ") >= 50000}")) {
                await().atMost(PATIENCE).until(() -> receiver.told().contains("firing Few"));
                assertThat(tributary
                                .run("demo", "--duration", "5s", "--rate", "20")
                                .code())
                        .isZero();
                loads.forEach(load -> load.finish(RECORDS));
                await().atMost(PATIENCE).untilAsserted(() -> {
                    loads.forEach(stored::exactly);
                    assertThat(stored.rolledUp(points)).isEqualTo(points.records());
                    assertThat(receiver.told()).containsExactlyInAnyOrderElementsOf(told);
                });
                rollups = consumer.count(ROLLUPS, points.metric());
                answer = answer(tributary, points);

                rollOver(tributary, "logs-generic-default");
                rollOver(tributary, "traces-tributary-default");
                PARTS.forEach(part -> tributary.part(part).stop());
                Map<String, Map<TopicPartition, Long>> before = rewind(tributary, groups);
                alerting.up();
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> before.forEach((group, offsets) -> assertThat(groups.committed(group))
                                .satisfies(now -> offsets.forEach((partition, offset) -> assertThat(now.get(partition))
                                        .as("%s at %s", group, partition)
                                        .isGreaterThanOrEqualTo(offset)))));
                await().during(QUIET)
                        .atMost(PATIENCE)
                        .until(() -> receiver.told().size() == told.size());
            }
            await("rollups are told again")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> consumer.count(ROLLUPS, points.metric())
                            >= rollups + answer.rollups().size());
            tributary.balancedLedger();

            loads.forEach(stored::exactly);
            assertThat(answer(tributary, points)).isEqualTo(answer);
            assertThat(receiver.told()).containsExactlyInAnyOrderElementsOf(told);
        }
    }

    /** Sets every group back, and returns how far each was. */
    private static Map<String, Map<TopicPartition, Long>> rewind(Tributary tributary, Groups groups) {
        Map<String, Map<TopicPartition, Long>> before = new HashMap<>();
        for (String group : GROUPS) {
            before.put(group, groups.committed(group));
            before.get(group).keySet().removeIf(partition -> HOPS.contains(partition.topic()));
            // Kafka knows of a member that left only a moment later.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> groups.rewind(group, topic -> !HOPS.contains(topic)));
        }
        for (String service : FORGETFUL) {
            groups.forgetState(service);
            tributary.forgetState(service);
        }
        return before;
    }

    private static void rollOver(Tributary tributary, String stream) {
        Http.post(tributary.at("ELASTICSEARCH", "/" + stream + "/_rollover"), "");
    }

    private static Answer answer(Tributary tributary, Load points) {
        Search search = new Search(tributary).refreshed();
        return new Answer(
                new HashSet<>(new Sql(tributary).query("SELECT * FROM '" + points.metric() + "_rollup_1m'")),
                new HashSet<>(search.all("tributary-service-edges-*")),
                new HashSet<>(search.all("jaeger-dependencies-*")));
    }
}
