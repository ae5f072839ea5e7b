package io.tributary.logindexer.consume;

import io.tributary.delivery.arena.Arena;
import io.tributary.delivery.arena.Slice;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.RejectedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is kept of a Kafka record while its document is on its way: enough for a dead letter.
 *
 * @param topic the topic, partition and offset are where it came from
 * @param timestampMillis when it was made, in milliseconds since the epoch UTC
 * @param keyBytes how long its key is, in bytes; -1 for none
 * @param bytes its key and then its value; whoever settles the record releases them
 */
record HeldRecord(String topic, int partition, long offset, long timestampMillis, int keyBytes, Slice bytes) {
    private static final int NO_KEY = -1;

    /** Copies what is needed of the record, which has a value. */
    static HeldRecord of(ConsumerRecord<byte[], byte[]> record, Arena arena) {
        byte[] key = record.key();
        if (key != null) {
            arena.write(key, 0, key.length);
        }
        arena.write(record.value(), 0, record.value().length);
        return new HeldRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                key == null ? NO_KEY : key.length,
                arena.cut());
    }

    /** The dead letter that tells of this cause, with bytes of its own. */
    DeadLetter deadLetter(RejectedException cause, String stage) {
        int valueFrom = Math.max(keyBytes, 0);
        return new DeadLetter(
                keyBytes == NO_KEY ? null : bytes.copy(0, valueFrom),
                bytes.copy(valueFrom, bytes.length()),
                cause.reason(),
                cause.getMessage(),
                stage,
                topic,
                partition,
                offset,
                timestampMillis);
    }
}
