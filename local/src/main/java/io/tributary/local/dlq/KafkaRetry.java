package io.tributary.local.dlq;

import io.tributary.local.kafka.KafkaTarget;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Puts dead letters back into their topics. The records, the notes that they went back and the ledger's entry commit
 * together or not at all, and whoever opens this ends every other one that is under way: a letter goes back once.
 */
final class KafkaRetry implements AutoCloseable {
    private static final String TRANSACTIONS = "tributary-dlq-retry";

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Clock clock;

    /**
     * Begins; what is read of the dead letters from now on is final.
     *
     * @throws KafkaException if Kafka is away, or does not let us in
     */
    KafkaRetry(KafkaTarget target, Clock clock) {
        this.topics = target.topics();
        this.clock = clock;
        this.producer = target.access()
                .producer(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        TRANSACTIONS,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Topics.MAX_DEAD_LETTER_BYTES,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "zstd"));
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close();
            throw e;
        }
    }

    /**
     * Puts these letters of one dead-letter topic back, all or none.
     *
     * @throws RejectedException if Kafka takes one of them under no circumstances
     * @throws RetryableException if Kafka is away, or another retry has begun
     */
    void retry(List<ConsumerRecord<byte[], byte[]>> letters) {
        producer.beginTransaction();
        try {
            letters.forEach(this::send);
            send(entry(letters));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new RetryableException("dlq: another retry has begun and goes on with the rest", e);
        } catch (KafkaException e) {
            producer.abortTransaction();
            throw refusal(e);
        }
    }

    private static RuntimeException refusal(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return new RejectedException(Reason.TOO_LARGE, cause.getMessage(), failure);
            }
        }
        return new RetryableException("dlq: nothing more is put back: " + failure.getMessage(), failure);
    }

    // A send that fails fails the transaction, which tells.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ConsumerRecord<byte[], byte[]> letter) {
        Origin origin = Origin.of(letter);
        // The record's neighbours are in its old partition, and whoever reads them should read it too. Its time is now:
        // with its old one it might be older than its topic keeps records.
        producer.send(new ProducerRecord<>(
                origin.topic(), partition(origin), letter.key(), letter.value(), DeadLetter.own(letter.headers())));
        ProducerRecord<byte[], byte[]> note = new ProducerRecord<>(letter.topic(), letter.partition(), null, null);
        note.headers().add(DeadLetter.RETRIED, origin.id().getBytes(StandardCharsets.UTF_8));
        producer.send(note);
    }

    private Integer partition(Origin origin) {
        OptionalInt old = origin.partition();
        int partitions = producer.partitionsFor(origin.topic()).size();
        return old.isPresent() && old.getAsInt() < partitions ? old.getAsInt() : null;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private void send(LedgerEntry entry) {
        Topic<String, LedgerEntry> ledger = topics.ledger();
        producer.send(
                new ProducerRecord<>(ledger.name(), ledger.encodeKey(LedgerKey.of(entry)), ledger.encodeValue(entry)));
    }

    /** A letter goes back once, so its place names the entry that begins with it. */
    private LedgerEntry entry(List<ConsumerRecord<byte[], byte[]>> letters) {
        ConsumerRecord<byte[], byte[]> first = letters.getFirst();
        String source = Origin.of(first).topic();
        LedgerEntry entry = new LedgerEntry();
        entry.setStage(LedgerKey.RETRY);
        entry.setInstance(first.topic() + '-' + first.partition() + '@' + first.offset());
        entry.setSignal(topics.all().stream()
                .filter(topic -> topic.name().equals(source))
                .map(topic -> topic.signal().label())
                .findFirst()
                .orElse(""));
        entry.setTopic(source);
        entry.setPartition(-1);
        entry.setFrom(clock.millis());
        entry.setTo(clock.millis() + 1);
        entry.setGaps(0);
        entry.setProtocol("");
        entry.setCounts(List.of(new OutcomeCount("", Outcome.RETRIED.label(), (long) letters.size())));
        return entry;
    }

    @Override
    public void close() {
        producer.close();
    }
}
