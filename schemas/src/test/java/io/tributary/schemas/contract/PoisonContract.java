package io.tributary.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/**
 * What every stage owes to records that it cannot read: each is in the dead-letter topic with its bytes, its reason and
 * its coordinates, the records around it are handled, and the ledger accounts for all of them. A stage's test extends
 * this class and runs the stage against real servers.
 *
 * @param <K> key of the stage's source topic
 * @param <V> value of the stage's source topic
 */
public abstract class PoisonContract<K, V> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UNKNOWN_SCHEMA_ID = 123_456_789;

    /** The brokers that the stage reads from. */
    protected abstract String bootstrapServers();

    /** The catalogue that the stage runs with, with a prefix of its own. */
    protected abstract Topics topics();

    /** The topic that the stage reads. */
    protected abstract Topic<K, V> source();

    /** The stage's name in the ledger. */
    protected abstract String stage();

    /** The key of a well-formed record. */
    protected abstract K goodKey(int number);

    /** A well-formed record, different for each number. */
    protected abstract V good(int number);

    /** Runs the stage until the returned value is closed; topics are there when this returns. */
    protected abstract AutoCloseable start() throws Exception;

    @Test
    void poisonIsDeadLetteredAndTheRestGoesOn() throws Exception {
        byte[] notAvro = "{\"not\": \"avro\"}".getBytes(StandardCharsets.UTF_8);
        byte[] unknownSchema = ByteBuffer.allocate(9)
                .put((byte) 0)
                .putInt(UNKNOWN_SCHEMA_ID)
                .putInt(7)
                .array();
        byte[] truncated = Arrays.copyOf(source().encodeValue(good(9)), 12);
        try (AutoCloseable running = start()) {
            assertThat(running).isNotNull();
            sendToFirstPartition(List.of(
                    Optional.of(encoded(0)),
                    Optional.of(notAvro),
                    Optional.of(unknownSchema),
                    Optional.of(encoded(1)),
                    Optional.empty(),
                    Optional.of(truncated),
                    Optional.of(encoded(2))));
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<DeadLetter> letters = deadLetters();
                assertThat(letters)
                        .extracting(DeadLetter::reason)
                        .containsExactlyInAnyOrder(
                                Reason.NOT_AVRO, Reason.UNKNOWN_SCHEMA, Reason.NULL_VALUE, Reason.NOT_AVRO);
                assertThat(letters).extracting(DeadLetter::offset).containsExactlyInAnyOrder(1L, 2L, 4L, 5L);
                assertThat(letters).allSatisfy(letter -> {
                    assertThat(letter.topic()).isEqualTo(source().name());
                    assertThat(letter.partition()).isZero();
                    assertThat(letter.stage()).isEqualTo(stage());
                });
                assertThat(letters).extracting(DeadLetter::value).contains(notAvro, unknownSchema, truncated);
            });
            await().atMost(PATIENCE).untilAsserted(this::ledgerAccountsForSeven);
        }
    }

    private byte[] encoded(int number) {
        return source().encodeValue(good(number));
    }

    private void ledgerAccountsForSeven() {
        Map<Long, LedgerEntry> newest = new HashMap<>();
        RecordReader.readAll(bootstrapServers(), topics().ledger().name()).stream()
                .map(record -> topics().ledger().decodeValue(record.value()))
                .filter(entry -> entry.getStage().equals(stage())
                        && entry.getTopic().equals(source().name())
                        && entry.getPartition() == 0)
                .forEach(entry -> newest.put(entry.getFrom(), entry));
        long covered = newest.values().stream()
                .mapToLong(entry -> entry.getTo() - entry.getFrom() - entry.getGaps())
                .sum();
        List<OutcomeCount> counts = new ArrayList<>();
        newest.values().forEach(entry -> counts.addAll(entry.getCounts()));
        assertThat(covered).isEqualTo(7);
        assertThat(counts.stream().mapToLong(OutcomeCount::getCount).sum()).isEqualTo(7);
        assertThat(counts.stream()
                        .filter(count -> count.getOutcome().equals("dead_lettered"))
                        .mapToLong(OutcomeCount::getCount)
                        .sum())
                .isEqualTo(4);
    }

    private List<DeadLetter> deadLetters() {
        return RecordReader.readAll(bootstrapServers(), source().deadLetterName()).stream()
                .map(DeadLetter::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private void sendToFirstPartition(List<Optional<byte[]>> values) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < values.size(); i++) {
                byte[] key = source().encodeKey(goodKey(i == 0 ? 0 : i == 3 ? 1 : 2));
                producer.send(new ProducerRecord<>(
                                source().name(), 0, key, values.get(i).orElse(null)))
                        .get();
            }
        }
    }
}
