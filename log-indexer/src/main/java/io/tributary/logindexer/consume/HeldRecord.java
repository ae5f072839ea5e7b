package io.tributary.logindexer.consume;

import io.tributary.delivery.arena.Arena;
import io.tributary.delivery.arena.Slice;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.EventId;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What is kept of a Kafka record while its document is on its way: enough for a dead letter.
 *
 * @param topic the topic, partition and offset are where it came from
 * @param timestampMillis when it was made, in milliseconds since the epoch UTC
 * @param keyBytes how long its key is, in bytes; -1 for none
 * @param eventIdBytes how long its event id is, in bytes; 0 for none
 * @param bytes its key, then its value, then its event id; whoever settles the record releases them
 */
record HeldRecord(
        String topic, int partition, long offset, long timestampMillis, int keyBytes, int eventIdBytes, Slice bytes) {
    private static final int NO_KEY = -1;
    private static final byte[] NO_EVENT = {};

    /** Copies what is needed of the record, which has a value. */
    static HeldRecord of(ConsumerRecord<byte[], byte[]> record, Arena arena) {
        byte[] key = record.key();
        if (key != null) {
            arena.write(key, 0, key.length);
        }
        arena.write(record.value(), 0, record.value().length);
        Header event = record.headers().lastHeader(EventId.HEADER);
        byte[] eventId = event == null || event.value() == null ? NO_EVENT : event.value();
        arena.write(eventId, 0, eventId.length);
        return new HeldRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                key == null ? NO_KEY : key.length,
                eventId.length,
                arena.cut());
    }

    /** The dead letter that tells of this cause, with bytes of its own. */
    DeadLetter deadLetter(RejectedException cause, String stage) {
        int valueFrom = Math.max(keyBytes, 0);
        int valueTo = bytes.length() - eventIdBytes;
        return new DeadLetter(
                keyBytes == NO_KEY ? null : bytes.copy(0, valueFrom),
                bytes.copy(valueFrom, valueTo),
                cause.reason(),
                cause.getMessage(),
                stage,
                topic,
                partition,
                offset,
                timestampMillis,
                eventIdBytes == 0
                        ? List.of()
                        : List.of(new RecordHeader(EventId.HEADER, bytes.copy(valueTo, bytes.length()))));
    }
}
