package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Groups;
import io.tributary.it.system.Result;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A stage is made to pass over records: the ledger says which stage, which partition, and which offsets. */
@Tag("faults")
@ExtendWith(Tributary.Started.class)
class LostRecordIT {
    private static final int RECORDS = 5_000;
    private static final int LOST = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({
        "log-indexer,log-indexer,LOGS,tributary.logs",
        "connect,connect-questdb,METRICS,tributary.metrics",
        "trace-assembler,trace-assembler,SPANS,tributary.spans"
    })
    void theLedgerNamesStagePartitionAndOffsets(
            String part, String stage, Signal signal, String topic, Tributary tributary) {
        try (Groups groups = new Groups(tributary)) {
            Load before = Load.of(signal, tributary, RECORDS);
            tributary.balancedLedger();
            tributary.part(part).stop();
            Load meanwhile = Load.of(signal, tributary, RECORDS);
            // Not every partition gets records of few sources.
            TopicPartition partition = groups.furthestBehind(stage, topic);
            long next = groups.committed(stage, partition);
            move(groups, stage, partition, next + LOST);
            tributary.up(part);

            await().atMost(PATIENCE).untilAsserted(() -> {
                Result ledger = tributary.run("ledger", "--json");
                assertThat(ledger.code()).isEqualTo(1);
                assertThat(ledger.json().get("unexplained").asLong()).isEqualTo(LOST);
                JsonNode difference = ledger.json().get("differences").get(0);
                assertThat(difference.get("stage").asString()).isEqualTo(stage);
                assertThat(difference.get("topic").asString()).isEqualTo(topic);
                assertThat(difference.get("partition").asInt()).isEqualTo(partition.partition());
                assertThat(List.of(
                                difference.get("from").asLong(),
                                difference.get("to").asLong()))
                        .containsExactly(next, next + LOST);
                assertThat(difference.get("records").asLong()).isEqualTo(LOST);
            });
            assertThat(tributary.run("ledger").out())
                    .contains("unexplained " + LOST)
                    .contains(stage)
                    .contains(topic);

            // Read again from there, the records are stored after all, and none of the others twice.
            tributary.part(part).stop();
            move(groups, stage, partition, next);
            tributary.up(part);
            tributary.balancedLedger();
            Stored stored = new Stored(tributary);
            stored.exactly(before);
            stored.exactly(meanwhile);
        }
    }

    private static void move(Groups groups, String stage, TopicPartition partition, long offset) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> groups.commit(stage, partition, offset));
    }
}
