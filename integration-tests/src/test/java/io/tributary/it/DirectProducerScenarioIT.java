package io.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.PlainProducer;
import io.tributary.it.system.Search;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Log records that a program in any language writes straight to Kafka. */
@ExtendWith(Tributary.Started.class)
class DirectProducerScenarioIT {
    private static final String TOPIC = "tributary.logs";
    private static final int RECORDS = 25;

    @Test
    void recordsBuiltFromTheSchemaFileAloneAreStored(Tributary tributary) throws Exception {
        String run = UUID.randomUUID().toString();
        Schema schema = PlainProducer.released("LogRecord");
        try (PlainProducer producer = new PlainProducer(tributary)) {
            int id = producer.schemaId(TOPIC);
            for (int number = 0; number < RECORDS; number++) {
                producer.send(TOPIC, null, id, log(schema, run, number));
            }
        }
        Search search = new Search(tributary);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(search.refreshed().count("logs-generic-*", "attributes.test.run", run))
                        .isEqualTo(RECORDS));
        List<JsonNode> found = search.find("logs-generic-*", "attributes.test.run", run);
        assertThat(found).allSatisfy(log -> {
            assertThat(log.at("/body/text").asString()).startsWith("written straight to Kafka: ");
            assertThat(log.at("/resource/attributes/service.name").asString()).isEqualTo("cobol-batch");
            assertThat(log.at("/severity_number").asInt()).isEqualTo(13);
        });
        assertThat(tributary.balancedLedger().at("/signals")).anySatisfy(signal -> {
            assertThat(signal.get("signal").asString()).isEqualTo("logs");
            assertThat(signal.at("/entries/0/direct").asLong()).isGreaterThanOrEqualTo(RECORDS);
        });
    }

    private static GenericRecord log(Schema schema, String run, int number) {
        Schema resource = schema.getField("resource").schema();
        GenericRecord cobol = new GenericData.Record(resource);
        cobol.put("attributes", Map.of("service.name", "cobol-batch"));
        cobol.put("dropped_attributes_count", 0L);
        cobol.put("schema_url", "");
        Instant now = Instant.now();
        return new GenericRecordBuilder(schema)
                .set("time_unix_nano", TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano())
                .set("severity_number", 13)
                .set("severity_text", "WARN")
                .set("body", "written straight to Kafka: " + number)
                .set("attributes", Map.of("test.run", run, "test.number", (long) number))
                .set("resource", cobol)
                .build();
    }
}
