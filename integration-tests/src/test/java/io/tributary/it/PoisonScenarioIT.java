package io.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.PlainProducer;
import io.tributary.it.system.Result;
import io.tributary.it.system.Tributary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Records that nobody can read: they are put aside with their reason, and everything goes on. */
@ExtendWith(Tributary.Started.class)
class PoisonScenarioIT {
    private static final byte[] NOT_AVRO = "hello, world".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNKNOWN_SCHEMA =
            ByteBuffer.allocate(9).put((byte) 0).putInt(987_654_321).putInt(0).array();

    @ParameterizedTest
    @CsvSource({"logs,log-indexer", "metrics,metrics-aggregator", "spans,trace-assembler"})
    void poisonIsPutAsideByEveryStageThatReadsIt(String topic, String stage, Tributary tributary) throws Exception {
        byte[] key = ByteBuffer.allocate(16).putLong(1).putLong(2).array();
        long notAvro = letters(tributary, topic, "not_avro", stage);
        long unknown = letters(tributary, topic, "unknown_schema", stage);
        try (PlainProducer producer = new PlainProducer(tributary)) {
            producer.send("tributary." + topic, key, NOT_AVRO);
            producer.send("tributary." + topic, key, UNKNOWN_SCHEMA);
            producer.send("tributary." + topic, null, NOT_AVRO);
        }

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    assertThat(letters(tributary, topic, "not_avro", stage)).isEqualTo(notAvro + 2);
                    assertThat(letters(tributary, topic, "unknown_schema", stage))
                            .isEqualTo(unknown + 1);
                });
        Result counts = tributary.run("dlq");
        assertThat(counts.out()).contains("tributary." + topic + ".dlq").contains("unknown_schema");
        JsonNode stages = tributary.balancedLedger().at("/signals");
        assertThat(StreamSupport.stream(stages.spliterator(), false)
                        .flatMap(signal ->
                                StreamSupport.stream(signal.get("stages").spliterator(), false))
                        .filter(one -> one.get("stage").asString().equals(stage)))
                .singleElement()
                .satisfies(one -> assertThat(one.get("dead_lettered").asLong()).isGreaterThanOrEqualTo(3));
    }

    private static long letters(Tributary tributary, String topic, String reason, String stage) {
        Result dlq = tributary.run("dlq", topic, "--json", "--limit", "1000");
        assertThat(dlq.code()).as("%s", dlq).isZero();
        List<JsonNode> letters = StreamSupport.stream(dlq.json().get("letters").spliterator(), false)
                .toList();
        return letters.stream()
                .filter(letter -> letter.get("reason").asString().equals(reason)
                        && letter.get("stage").asString().equals(stage))
                .count();
    }
}
