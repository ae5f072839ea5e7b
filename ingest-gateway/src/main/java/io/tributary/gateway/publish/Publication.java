package io.tributary.gateway.publish;

import io.tributary.gateway.translate.RecordSink;
import io.tributary.gateway.validate.Refusal;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.topic.Topic;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The records of one request on their way to Kafka. Records are given by one thread; acknowledgements come on the
 * producer's. {@link #settle} tells when all are settled.
 */
final class Publication<K, V> implements RecordSink<K, V> {
    // A record batch's own header, and what frames its only record.
    private static final int BATCH_OVERHEAD = 512;
    private static final List<Header> NO_HEADERS = List.of();

    private final KafkaRecordPublisher publisher;
    private final Topic<K, V> topic;
    private final long hash;
    private final long arrivalMillis;
    private final long latest;
    private final Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong derived = new AtomicLong();
    private final AtomicLong deadLettered = new AtomicLong();
    private final AtomicLong tooLarge = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    // One more than the records that are waited for, until the last one was given.
    private final AtomicLong waiting = new AtomicLong(1);
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private @Nullable K lastKey;
    private byte[] lastKeyBytes = new byte[0];
    /** Of the next record that the client sent. */
    private int number;

    /** Waits for bytes only until the {@link System#nanoTime} that is the latest. */
    Publication(KafkaRecordPublisher publisher, Topic<K, V> topic, long hash, long arrivalMillis, long latest) {
        this.publisher = publisher;
        this.topic = topic;
        this.hash = hash;
        this.arrivalMillis = arrivalMillis;
        this.latest = latest;
    }

    @Override
    public void accept(K key, V value) {
        number++;
        publish(key, value, true, NO_HEADERS);
    }

    @Override
    public void accept(K key, V value, long nanos) {
        publish(key, value, true, List.of(new RecordHeader(EventId.HEADER, EventId.of(nanos, hash, number++))));
    }

    @Override
    public void derive(K key, V value) {
        publish(key, value, false, NO_HEADERS);
    }

    @Override
    public void refuse(Refusal reason) {
        // Sent again, a record may be refused no more, such as one of a moment ahead: the others keep their numbers.
        number++;
        refused.merge(reason, 1L, Long::sum);
    }

    /**
     * Completes when every record is settled.
     *
     * @param sent how many records the client sent
     * @param rest what became of those that were not given
     */
    CompletableFuture<Tally> settle(long sent, Refusal rest) {
        arrived();
        return settled.thenApply(done -> tally(sent, rest));
    }

    private Tally tally(long sent, Refusal rest) {
        Map<Refusal, Long> reasons = new EnumMap<>(refused);
        if (tooLarge.get() > 0) {
            reasons.put(Refusal.TOO_LARGE, tooLarge.get());
        }
        long known = published.get()
                + deadLettered.get()
                + reasons.values().stream().mapToLong(Long::longValue).sum();
        if (failed.get() > 0) {
            reasons.put(Refusal.UNAVAILABLE, failed.get());
        }
        if (sent > known + failed.get()) {
            reasons.merge(rest, sent - known - failed.get(), Long::sum);
        }
        return new Tally(published.get(), derived.get(), deadLettered.get(), reasons);
    }

    private void publish(K key, V value, boolean sent, List<Header> headers) {
        byte[] keyBytes = encode(key);
        byte[] bytes = topic.encodeValue(value);
        publisher.takeBytes(size(keyBytes, bytes), latest);
        waiting.incrementAndGet();
        if (size(keyBytes, bytes) > topic.settings().maxMessageBytes()) {
            tooLarge(keyBytes, bytes, sent, headers);
        } else {
            send(keyBytes, bytes, sent, headers);
        }
    }

    // Records of a group mostly share their key.
    private byte[] encode(K key) {
        if (!key.equals(lastKey)) {
            lastKeyBytes = topic.encodeKey(key);
            lastKey = key;
        }
        return lastKeyBytes;
    }

    private void send(byte[] key, byte[] value, boolean sent, List<Header> headers) {
        publisher.send(new ProducerRecord<>(topic.name(), null, arrivalMillis, key, value, headers), failure -> {
            // The topic may have been given a lower limit than the catalogue's.
            if (failure instanceof RecordTooLargeException) {
                tooLarge(key, value, sent, headers);
            } else {
                settle(topic.name(), size(key, value), sent, sent ? published : derived, failure);
            }
        });
    }

    private void tooLarge(byte[] key, byte[] value, boolean sent, List<Header> headers) {
        int bytes = size(key, value);
        String message = "record: " + bytes + " bytes (expected: at most "
                + topic.settings().maxMessageBytes() + ")";
        if (!sent) {
            // A dead letter of something that nobody sent would unbalance what was accepted.
            settle(topic.name(), bytes, false, derived, new RecordTooLargeException(message));
            return;
        }
        DeadLetter letter = new DeadLetter(
                key, value, Reason.TOO_LARGE, message, LedgerKey.GATEWAY, topic.name(), -1, -1, arrivalMillis, headers);
        publisher.send(letter.toRecord(), failure -> {
            boolean refusedToo = failure instanceof RecordTooLargeException;
            settle(
                    topic.deadLetterName(),
                    bytes,
                    true,
                    refusedToo ? tooLarge : deadLettered,
                    refusedToo ? null : failure);
        });
    }

    private void settle(String target, int bytes, boolean sent, AtomicLong counter, @Nullable Exception failure) {
        publisher.giveBackBytes(bytes);
        if (failure == null) {
            counter.incrementAndGet();
        } else {
            publisher.failed(target, failure);
            if (sent) {
                failed.incrementAndGet();
            }
        }
        arrived();
    }

    private void arrived() {
        if (waiting.decrementAndGet() == 0) {
            settled.complete(null);
        }
    }

    private static int size(byte[] key, byte[] value) {
        return BATCH_OVERHEAD + key.length + value.length;
    }
}
