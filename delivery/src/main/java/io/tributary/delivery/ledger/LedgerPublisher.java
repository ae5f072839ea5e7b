package io.tributary.delivery.ledger;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.topic.Topic;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes ledger entries. The producer must demand {@code acks=all}. Safe for use by many threads. */
public final class LedgerPublisher {
    private final Producer<byte[], byte[]> producer;
    private final Topic<String, LedgerEntry> ledger;

    /** Publishes through this producer to this topic; the producer stays the caller's. */
    public LedgerPublisher(Producer<byte[], byte[]> producer, Topic<String, LedgerEntry> ledger) {
        this.producer = producer;
        this.ledger = ledger;
    }

    /**
     * Publishes the entry; completes when Kafka has acknowledged it, or exceptionally when it has not, in which case
     * the same entry may be published again.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    public CompletableFuture<Void> publish(LedgerEntry entry) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            byte[] key = ledger.encodeKey(LedgerKey.of(entry));
            producer.send(new ProducerRecord<>(ledger.name(), key, ledger.encodeValue(entry)), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }
}
