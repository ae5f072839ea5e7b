package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import io.tributary.it.client.PlainProducer;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Http;
import io.tributary.it.system.Result;
import io.tributary.it.system.Search;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * One record in ten thousand can never be processed: exactly those are put aside, and come back once that is mended.
 */
@Tag("faults")
@ExtendWith(Tributary.Started.class)
class PoisonedLoadIT {
    private static final int RECORDS = 100_000;
    private static final String TOPIC = "tributary.logs";
    private static final byte[] NOT_AVRO = "<14>1 - - - not Avro".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNKNOWN_SCHEMA =
            ByteBuffer.allocate(9).put((byte) 0).putInt(876_543_210).putInt(0).array();
    private static final String STREAM = "logs-poisoned-default";
    private static final String REFUSED = "attributes.poisoned";

    @Test
    void poisonIsPutAsideWithItsBytesAndComesBackOnceTheMappingIsMended(Tributary tributary) throws Exception {
        template(tributary, "{\"type\":\"object\",\"dynamic\":\"strict\"}");
        Map<String, Long> before = reasons(tributary);
        long retriedBefore = retried(tributary.balancedLedger());
        try (Load load = Load.start(Signal.LOGS, tributary, 20_000);
                PlainProducer producer = new PlainProducer(tributary)) {
            poison(producer, load);
            load.finish(RECORDS);

            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(since(before, reasons(tributary)))
                            .isEqualTo(Map.of("not_avro", 4L, "unknown_schema", 3L, "mapping", 3L)));
            tributary.balancedLedger();
            assertThat(since(before, reasons(tributary)))
                    .isEqualTo(Map.of("not_avro", 4L, "unknown_schema", 3L, "mapping", 3L));
            new Stored(tributary).exactly(load);
            demandBytes(tributary);

            mendTheMapping(tributary);
            demandRetried(tributary, 3, 0, "--reason=mapping");
            Search search = new Search(tributary);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(search.refreshed().count(STREAM, REFUSED, load.run()))
                            .isEqualTo(3));
            demandRetried(tributary, 0, 3, "--reason=mapping");

            // What nobody mended is put aside again.
            demandRetried(
                    tributary,
                    3,
                    0,
                    newest(letters(tributary), "unknown_schema", 3).stream()
                            .map(offset -> "--offset=" + offset)
                            .toArray(String[]::new));
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(since(before, reasons(tributary)))
                            .isEqualTo(Map.of("not_avro", 4L, "unknown_schema", 6L, "mapping", 3L)));
            assertThat(retried(tributary.balancedLedger())).isEqualTo(retriedBefore + 6);
            assertThat(search.refreshed().count(STREAM, REFUSED, load.run())).isEqualTo(3);
            new Stored(tributary).exactly(load);
        }
    }

    private static void poison(PlainProducer producer, Load load) throws Exception {
        Schema schema = PlainProducer.released("LogRecord");
        int id = producer.schemaId(TOPIC);
        for (int number = 0; number < 10; number++) {
            int so = number;
            await().atMost(Duration.ofMinutes(2)).until(() -> load.records() >= so * RECORDS / 10);
            switch (number % 3) {
                case 0 -> producer.send(TOPIC, null, NOT_AVRO);
                case 1 -> producer.send(TOPIC, null, UNKNOWN_SCHEMA);
                default -> producer.send(TOPIC, null, id, refused(schema, load.run(), number));
            }
        }
    }

    private static GenericRecord refused(Schema schema, String run, int number) {
        return new GenericRecordBuilder(schema)
                .set("time_unix_nano", 1_767_323_045_000_000_000L + number)
                .set("body", "does not fit")
                .set("attributes", Map.of("data_stream.dataset", "poisoned", "poisoned", run))
                .build();
    }

    private static void template(Tributary tributary, String attributes) {
        Http.post(
                tributary.at("ELASTICSEARCH", "/_index_template/poisoned"),
                "{\"index_patterns\":[\"" + STREAM + "\"],\"priority\":500,\"data_stream\":{},"
                        + "\"template\":{\"mappings\":{\"properties\":{\"attributes\":" + attributes + "}}}}");
    }

    private static void mendTheMapping(Tributary tributary) {
        template(tributary, "{\"properties\":{\"poisoned\":{\"type\":\"keyword\"}}}");
        Http.post(tributary.at("ELASTICSEARCH", "/" + STREAM + "/_rollover"), "");
    }

    /** Each newest letter of a reason is shown with the bytes that were sent. */
    private static void demandBytes(Tributary tributary) {
        List<JsonNode> letters = letters(tributary);
        assertThat(shown(tributary, newest(letters, "not_avro", 1).getFirst()))
                .contains(HexFormat.ofDelimiter(" ").formatHex(NOT_AVRO, 0, 16));
        assertThat(shown(tributary, newest(letters, "unknown_schema", 1).getFirst()))
                .contains(HexFormat.ofDelimiter(" ").formatHex(UNKNOWN_SCHEMA));
        assertThat(shown(tributary, newest(letters, "mapping", 1).getFirst()))
                .contains("strict_dynamic_mapping_exception");
    }

    private static List<Long> newest(List<JsonNode> letters, String reason, int count) {
        return letters.stream()
                .filter(letter -> letter.get("reason").asString().equals(reason))
                .map(letter -> letter.get("offset").asLong())
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .toList();
    }

    private static String shown(Tributary tributary, long offset) {
        Result show = tributary.run("dlq", "show", "logs", Long.toString(offset));
        assertThat(show.code()).as("%s", show).isZero();
        return show.out();
    }

    private static void demandRetried(Tributary tributary, int retried, int before, String... which) {
        Result retry = tributary.run(Stream.concat(Stream.of("dlq", "retry", "logs", "--json"), Stream.of(which))
                .toArray(String[]::new));
        assertThat(retry.code()).as("%s", retry).isZero();
        JsonNode topic = retry.json().get("topics").get(0);
        assertThat(topic.get("retried").asInt()).isEqualTo(retried);
        assertThat(topic.get("before").asInt()).isEqualTo(before);
    }

    private static long retried(JsonNode ledger) {
        return ledger.get("signals")
                .valueStream()
                .filter(signal -> signal.get("signal").asString().equals("logs"))
                .mapToLong(signal -> signal.at("/entries/0/retried").asLong())
                .sum();
    }

    private static List<JsonNode> letters(Tributary tributary) {
        Result dlq = tributary.run("dlq", "logs", "--json", "--limit", "100000");
        assertThat(dlq.code()).as("%s", dlq).isZero();
        return dlq.json().get("letters").valueStream().toList();
    }

    private static Map<String, Long> reasons(Tributary tributary) {
        Map<String, Long> reasons = new TreeMap<>();
        letters(tributary).forEach(letter -> reasons.merge(letter.get("reason").asString(), 1L, Long::sum));
        return reasons;
    }

    private static Map<String, Long> since(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> since = new TreeMap<>(now);
        before.forEach((reason, count) -> since.merge(reason, -count, Long::sum));
        since.values().removeIf(count -> count == 0);
        return since;
    }
}
