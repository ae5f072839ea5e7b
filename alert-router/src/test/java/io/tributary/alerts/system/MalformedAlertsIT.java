package io.tributary.alerts.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.contract.RecordReader;
import io.tributary.schemas.malformed.Malformed;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Tag;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Malformed alerts and filters in volume, at the service as a process with little memory: each request has an answer in
 * Alertmanager's terms within seconds, the process outlives them all, and whatever comes through is an alert that every
 * reader can read.
 */
@Tag("faults")
class MalformedAlertsIT {
    private static final Set<Integer> ANSWERS = Set.of(200, 400, 413);
    private static final int MAX_BODY = 4 << 20;

    private static final byte[] ALERTS = """
            [{"labels": {"alertname": "Disk", "host": "a", "path": "/\u00e9\\n"}, "annotations": {"summary": "full"},
              "startsAt": "2026-01-02T03:04:05.678Z", "endsAt": "2036-01-02T03:04:05+01:00",
              "generatorURL": "http://prometheus/graph?g0.expr=1"},
             {"labels": {"alertname": "Disk", "host": "b"}, "startsAt": "0001-01-01T00:00:00Z"}]
            """.getBytes(StandardCharsets.UTF_8);
    /** JSON of the wrong shape, which no mutation of bytes finds soon. */
    private static final byte[][] SHAPES = {
        bytes("[null, 1, [], {}, {\"labels\": null}, {\"labels\": []}, {\"labels\": {\"a\": null}}]"),
        bytes("[{\"labels\": {\"a\": {\"b\": 1}}, \"annotations\": 7}, {\"labels\": {\"a\": \"\\ud800\"}}]"),
        bytes("[{\"labels\": {\"a\": \"b\"}, \"startsAt\": {}, \"endsAt\": [], \"generatorURL\": {}}]"),
        bytes("[{\"labels\": {\"a\": \"b\"}, \"startsAt\": 1e999, \"endsAt\": \"+999999999-12-31T23:59:59Z\"}]"),
        bytes("[{\"labels\": {\"a\": \"" + "b".repeat(500_000) + "\"}}]"),
        bytes("[{\"labels\": {\"a\": \"" + "b".repeat(MAX_BODY - 50) + "\"}}]"),
        bytes("[".repeat(MAX_BODY)),
        bytes("[" + "1".repeat(MAX_BODY - 2) + "]"),
        bytes("[" + "{},".repeat(MAX_BODY / 3 - 1) + "{}]"),
    };

    private static Path home;
    private static TestKafka kafka;
    private static RunningRouter router;

    @BeforeContainer
    static void start() throws IOException {
        home = Files.createTempDirectory("malformed-alerts-");
        kafka = TestKafka.start();
        router = new RunningRouter(
                home,
                kafka.bootstrapServers(),
                TestRegistry.shared().url(),
                Map.of("TRIBUTARY_KAFKA_TOPICPREFIX", "malformed."));
        router.start();
    }

    @AfterContainer
    static void stop() throws IOException {
        try {
            demandReadable();
        } finally {
            router.close();
            kafka.close();
            FileSystemUtils.deleteRecursively(home);
        }
    }

    @Property
    void posted(@ForAll("bodies") byte[] body) {
        demandAnswer(router.post("/api/v2/alerts", body));
    }

    @Property
    void filtered(@ForAll("filters") byte[] filter) {
        demandAnswer(router.get("/api/v2/alerts?filter="
                + URLEncoder.encode(new String(filter, StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    }

    @Example
    void wrongShapesAndSizes() {
        for (byte[] shape : SHAPES) {
            demandAnswer(router.post("/api/v2/alerts", shape));
        }
        demandAnswer(router.get("/api/v2/alerts?filter=a=%22" + "x".repeat(7_000) + "%22"));
        assertThat(router.post("/api/v2/alerts", new byte[MAX_BODY + 1]).statusCode())
                .isEqualTo(413);
        assertThat(router.post("/api/v2/alerts", ALERTS).statusCode()).isEqualTo(200);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.oneOf(
                Malformed.random(), Malformed.mutated(ALERTS), Malformed.mutated(SHAPES[0], SHAPES[1]));
    }

    @Provide
    Arbitrary<byte[]> filters() {
        return Malformed.mutated(
                bytes("severity=\"page\""),
                bytes("host=~\"(a|b)+c.*\""),
                bytes("path!=/var"),
                bytes("host!~\"" + "\\\\x".repeat(600) + "\""));
    }

    private static void demandAnswer(HttpResponse<String> answer) {
        assertThat(ANSWERS).as(answer.body()).contains(answer.statusCode());
        if (answer.statusCode() != 200) {
            JsonNode message = JsonMapper.shared().readTree(answer.body());
            assertThat(message.isString()).as(answer.body()).isTrue();
            assertThat(message.asString()).isNotEmpty();
        }
    }

    private static void demandReadable() {
        Topics topics =
                Topics.of("malformed.", new SchemaRegistry(TestRegistry.shared().url()));
        assertThat(RecordReader.readAll(
                        kafka.bootstrapServers(), topics.alerts().name()))
                .isNotEmpty()
                .allSatisfy(record ->
                        assertThat(topics.alerts().decodeValue(record.value())).isNotNull());
        assertThat(RecordReader.readAll(
                        kafka.bootstrapServers(), topics.alerts().deadLetterName()))
                .as("alerts that the service took, and then refused")
                .isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
