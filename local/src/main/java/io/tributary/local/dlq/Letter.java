package io.tributary.local.dlq;

import io.tributary.schemas.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What is known of a dead letter without looking into it. Texts are empty where the letter does not tell.
 *
 * @param offset where it lies in its dead-letter topic
 * @param time when it was put there
 * @param reason why, such as {@code not_avro}
 * @param stage who gave up
 * @param source the partition and offset that it was read from, such as {@code tributary.logs-3@17}
 * @param message why, for people
 * @param bytes the length of its value; 0 if it has none
 */
record Letter(long offset, Instant time, String reason, String stage, String source, String message, int bytes) {
    static Letter of(ConsumerRecord<byte[], byte[]> record) {
        return new Letter(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                text(record, DeadLetter.REASON),
                text(record, DeadLetter.STAGE),
                source(record),
                text(record, DeadLetter.MESSAGE),
                record.value() == null ? 0 : record.value().length);
    }

    private static String source(ConsumerRecord<byte[], byte[]> record) {
        String partition = text(record, DeadLetter.PARTITION);
        // A gateway's letters never reached the topic.
        return partition.isEmpty() || partition.startsWith("-")
                ? text(record, DeadLetter.TOPIC)
                : text(record, DeadLetter.TOPIC) + "-" + partition + "@" + text(record, DeadLetter.OFFSET);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
    }
}
