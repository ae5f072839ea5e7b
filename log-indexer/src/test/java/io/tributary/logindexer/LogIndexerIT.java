package io.tributary.logindexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import io.tributary.schemas.sample.SampleData;
import io.tributary.servers.fixture.TestElasticsearch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogIndexerIT {
    private static final byte[] NO_AVRO = "plain text".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNKNOWN_ID = {0, 0x7f, 1, 2, 3, 4, 5};

    @Test
    void documentsHaveTheFieldsOfTheRecords() {
        try (Pipeline pipeline = new Pipeline("fields", TestElasticsearch.shared())) {
            pipeline.start();
            for (int number = 0; number < 300; number++) {
                pipeline.send(number, tenant("fields_" + number % 2, SampleData.log(number)));
            }
            pipeline.flush();

            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(300);
            assertThat(pipeline.documents("logs-generic-fields_0")).isEqualTo(150);
            assertThat(pipeline.documents("logs-generic-fields_1")).isEqualTo(150);
            JsonNode hit = find(pipeline, "logs-generic-fields_0", "attributes.order.id", 4);
            assertThat(hit.at("/_source/@timestamp").asString()).isEqualTo("2026-01-02T03:04:09.006007008Z");
            assertThat(hit.at("/_source/observed_timestamp").asString()).isEqualTo("2026-01-02T03:04:09.506007008Z");
            assertThat(hit.at("/_source/body/text").asString()).isEqualTo("order 4 placed");
            assertThat(hit.at("/_source/severity_number").asInt()).isEqualTo(5);
            assertThat(hit.at("/_source/severity_text").asString()).isEqualTo("INFO");
            assertThat(hit.at("/_source/trace_id").asString()).isEqualTo("00000000726163650000000000000004");
            assertThat(hit.at("/_source/span_id").asString()).isEqualTo("7370616e00000004");
            assertThat(hit.at("/_source/resource/attributes/service.name").asString())
                    .isEqualTo("cart");
            assertThat(hit.at("/_source/scope/name").asString()).isEqualTo("library-0");
            assertThat(hit.at("/_source/data_stream/namespace").asString()).isEqualTo("fields_0");
            assertThat(hit.at("/fields/@timestamp/0").asString()).isEqualTo("2026-01-02T03:04:09.006007008Z");
            assertThat(find(pipeline, "logs-generic-fields_0", "service.name", "cart"))
                    .as("resource attributes answer to their short names")
                    .isNotNull();
            JsonNode structured = find(pipeline, "logs-generic-fields_0", "body.structured.message", "order placed");
            assertThat(structured.at("/_source/body/structured/items/1").asString())
                    .isEqualTo("two");
        }
    }

    @Test
    void anEventThatWasSentTwiceIsOneDocumentAndOneDuplicate() {
        try (Pipeline pipeline = new Pipeline("events", TestElasticsearch.shared())) {
            pipeline.start();
            for (int number = 0; number < 6; number++) {
                byte[] id = EventId.of(SampleData.log(number).getTimeUnixNano(), 42, number);
                pipeline.sendEvent(number, tenant("events", SampleData.log(number)), id);
                pipeline.sendEvent(number, tenant("events", SampleData.log(number)), id);
                pipeline.sendEvent(number, tenant("events", SampleData.log(number)), new byte[3]);
            }
            pipeline.flush();

            OutcomeCounts balance = pipeline.awaitBalance();
            assertThat(balance.of(Outcome.STORED)).isEqualTo(12);
            assertThat(balance.of(Outcome.DUPLICATE)).isEqualTo(6);
            assertThat(pipeline.documents("logs-generic-events")).isEqualTo(12);
        }
    }

    @Test
    void datasetsOfRecordAndResourceNameTheDataStream() {
        try (Pipeline pipeline = new Pipeline("datasets", TestElasticsearch.shared())) {
            LogRecord own = tenant("datasets", SampleData.log(1));
            own.setAttributes(Map.of("data_stream.dataset", "Nginx-Access"));
            LogRecord common = tenant("datasets", SampleData.log(2));
            common.getResource().setAttributes(Map.of("data_stream.dataset", "shop"));
            LogRecord template = tenant("datasets", SampleData.log(3));
            template.setAttributes(Map.of("data_stream.dataset", "{{app}}^50%41"));
            pipeline.send(1, own);
            pipeline.send(2, common);
            pipeline.send(3, template);
            pipeline.flush();
            pipeline.start();

            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(3);
            assertThat(pipeline.documents(ElasticsearchHttp.segment("logs-{{app}}^50%41-datasets")))
                    .isEqualTo(1);
            assertThat(pipeline.documents("logs-nginx_access-datasets")).isEqualTo(1);
            assertThat(pipeline.documents("logs-shop-datasets")).isEqualTo(1);
        }
    }

    @Test
    void poisonGoesToTheDeadLettersAndThePartitionGoesOn() {
        try (Pipeline pipeline = new Pipeline("poison", TestElasticsearch.shared())) {
            pipeline.call("PUT", "/_index_template/poison-strict", """
                    {"index_patterns": ["logs-strict-*"], "priority": 400, "data_stream": {},
                     "template": {"mappings": {"properties": {"attributes": {"dynamic": "strict", "type": "object"}}}}}
                    """);
            byte[] refused = pipeline.logs.encodeValue(strict(SampleData.log(7)));
            for (int number = 0; number < 30; number++) {
                pipeline.send(number, tenant("poison", SampleData.log(number)));
                if (number == 9) {
                    pipeline.sendRaw(0, null, NO_AVRO);
                    pipeline.sendRaw(1, null, UNKNOWN_ID);
                    pipeline.sendRaw(2, null, refused);
                    pipeline.sendRaw(2, NO_AVRO, null);
                    pipeline.send(1, tenant("not-a-tenant", SampleData.log(5)));
                }
            }
            pipeline.flush();
            pipeline.start();

            OutcomeCounts balance = pipeline.awaitBalance();
            assertThat(balance.of(Outcome.STORED)).isEqualTo(30);
            assertThat(balance.of(Outcome.DEAD_LETTERED)).isEqualTo(5);
            assertThat(pipeline.documents("logs-generic-poison")).isEqualTo(30);
            List<DeadLetter> letters = pipeline.deadLetters();
            assertThat(letters)
                    .extracting(DeadLetter::reason, DeadLetter::partition, DeadLetter::stage)
                    .containsExactlyInAnyOrder(
                            tuple(Reason.NOT_AVRO, 0, "log-indexer"),
                            tuple(Reason.UNKNOWN_SCHEMA, 1, "log-indexer"),
                            tuple(Reason.MAPPING, 2, "log-indexer"),
                            tuple(Reason.NULL_VALUE, 2, "log-indexer"),
                            tuple(Reason.INVALID_RECORD, 1, "log-indexer"));
            assertThat(letters).anySatisfy(letter -> {
                assertThat(letter.reason()).isEqualTo(Reason.MAPPING);
                assertThat(letter.value()).isEqualTo(refused);
                assertThat(letter.message()).contains("strict_dynamic_mapping_exception");
            });
        }
    }

    @Test
    void whatExpiresBeforeItIsReadIsNotPassedOverInSilence() {
        try (Pipeline pipeline = new Pipeline("expired", TestElasticsearch.shared())) {
            send(pipeline, 0, 30);
            pipeline.start();
            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(30);
            pipeline.stop();
            send(pipeline, 30, 60);
            // Of each of the three partitions, ten were read.
            pipeline.expire(1, 14);
            pipeline.start();

            OutcomeCounts balance = pipeline.awaitBalance();
            assertThat(balance.of(Outcome.EXPIRED)).isEqualTo(4);
            assertThat(balance.of(Outcome.STORED)).isEqualTo(56);
        }
    }

    private static void send(Pipeline pipeline, int from, int to) {
        for (int number = from; number < to; number++) {
            pipeline.send(number, tenant("expired", SampleData.log(number)));
        }
        pipeline.flush();
    }

    @Test
    void replayFromTheBeginningAddsNoDocument() {
        try (Pipeline pipeline = new Pipeline("replay", TestElasticsearch.shared())) {
            for (int number = 0; number < 200; number++) {
                pipeline.send(number, tenant("replay", SampleData.log(number)));
            }
            pipeline.flush();
            pipeline.start();
            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(200);
            pipeline.stop();

            pipeline.rewind();
            pipeline.start();
            await().atMost(Pipeline.LONG).until(() -> pipeline.count(Outcome.DUPLICATE) == 200);
            assertThat(pipeline.documents("logs-generic-replay")).isEqualTo(200);
            assertThat(pipeline.count(Outcome.STORED)).isZero();
        }
    }

    @Test
    void whateverAttributesComeTheDocumentIsStored() {
        try (Pipeline pipeline = new Pipeline("explosion", TestElasticsearch.shared())) {
            pipeline.start();
            Object[] kinds = {
                1L,
                "text",
                2.5,
                true,
                Double.NaN,
                new MapValue(Map.of("inner", "x", "other", new MapValue(Map.of("deep", 1L)))),
                new ArrayValue(List.of(1L, "two", 3.0)),
                new ArrayValue(List.of(new MapValue(Map.of("k", 1L)), 4L)),
                ByteBuffer.wrap(NO_AVRO)
            };
            for (int number = 0; number < 450; number++) {
                LogRecord record = tenant("explosion", SampleData.log(number));
                Map<String, Object> attributes = new TreeMap<>();
                attributes.put("same", kinds[number % kinds.length]);
                attributes.put("a", kinds[(number + 1) % kinds.length]);
                attributes.put("a.b", kinds[(number + 2) % kinds.length]);
                attributes.put("", "no name");
                attributes.put(".dots..", 1L);
                for (int field = 0; field < 20; field++) {
                    attributes.put("field-" + number + '-' + field, (long) field);
                }
                record.setAttributes(attributes);
                pipeline.send(number, record);
            }
            pipeline.flush();

            OutcomeCounts balance = pipeline.awaitBalance();
            assertThat(pipeline.deadLetters()).extracting(DeadLetter::message).isEmpty();
            assertThat(balance.of(Outcome.STORED)).isEqualTo(450);
            assertThat(pipeline.documents("logs-generic-explosion")).isEqualTo(450);
        }
    }

    private static JsonNode find(Pipeline pipeline, String stream, String field, Object value) {
        String term = value instanceof String ? "\"" + value + '"' : value.toString();
        return pipeline.search(
                        stream,
                        "{\"size\":1,\"fields\":[\"@timestamp\"],\"query\":{\"term\":{\"" + field + "\":" + term
                                + "}}}")
                .get(0);
    }

    private static LogRecord tenant(String tenant, LogRecord record) {
        record.setTenant(tenant);
        return record;
    }

    private static LogRecord strict(LogRecord record) {
        record.setAttributes(Map.of("data_stream.dataset", "strict", "unknown", 1L));
        return tenant("poison", record);
    }
}
