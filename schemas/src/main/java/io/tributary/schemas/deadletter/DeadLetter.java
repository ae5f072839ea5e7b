package io.tributary.schemas.deadletter;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record that can never be processed: its original bytes and headers, and in further headers, all of which are UTF-8
 * text, why and where it came from.
 *
 * @param key the original key; null when there was none
 * @param value the original value; null when there was none
 * @param reason why
 * @param message why, for people; no payload
 * @param stage which stage gave up
 * @param topic the topic that it was read from or meant for
 * @param partition the partition that it was read from; -1 if it never reached the topic
 * @param offset the offset that it was read from; -1 if it never reached the topic
 * @param timestampMillis when the original record was made, in milliseconds since the epoch UTC
 * @param headers the record's own headers, such as its event id
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
public record DeadLetter(
        byte[] key,
        byte[] value,
        Reason reason,
        String message,
        String stage,
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        List<Header> headers) {

    private static final String PREFIX = "tributary.dlq.";
    /** Header with the reason's label. */
    public static final String REASON = "tributary.dlq.reason";
    /** Header with the message for people. */
    public static final String MESSAGE = "tributary.dlq.message";
    /** Header with the stage. */
    public static final String STAGE = "tributary.dlq.stage";
    /** Header with the original topic. */
    public static final String TOPIC = "tributary.dlq.topic";
    /** Header with the original partition. */
    public static final String PARTITION = "tributary.dlq.partition";
    /** Header with the original offset. */
    public static final String OFFSET = "tributary.dlq.offset";
    /** Header with the original timestamp. */
    public static final String TIMESTAMP = "tributary.dlq.timestamp";

    /**
     * Header of a record that is no dead letter itself: the dead letters of the record that it names went back to their
     * topic, and must not go again.
     */
    public static final String RETRIED = "tributary.dlq.retried";

    private static final int MAX_MESSAGE = 4096;

    /** Keeps headers of its own. */
    public DeadLetter {
        headers = List.copyOf(headers);
    }

    /** The headers of a record that are its own: all but those that make a dead letter of it. */
    public static List<Header> own(Headers headers) {
        List<Header> own = new ArrayList<>();
        for (Header header : headers) {
            if (!header.key().startsWith(PREFIX)) {
                own.add(header);
            }
        }
        return own;
    }

    /** The dead letter of a record that a stage read and rejected. */
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> record, RejectedException cause, String stage) {
        return new DeadLetter(
                record.key(),
                record.value(),
                cause.reason(),
                cause.getMessage(),
                stage,
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                own(record.headers()));
    }

    /**
     * The dead letter in a record of a dead-letter topic; empty if the record's headers are not those of a dead letter.
     */
    public static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        if (headers.lastHeader(REASON) == null || headers.lastHeader(TOPIC) == null) {
            return Optional.empty();
        }
        return Optional.of(new DeadLetter(
                record.key(),
                record.value(),
                Reason.of(text(headers, REASON, "")),
                text(headers, MESSAGE, ""),
                text(headers, STAGE, ""),
                text(headers, TOPIC, ""),
                Integer.parseInt(text(headers, PARTITION, "-1")),
                Long.parseLong(text(headers, OFFSET, "-1")),
                Long.parseLong(text(headers, TIMESTAMP, "-1")),
                own(headers)));
    }

    /** This dead letter as a record of its dead-letter topic. */
    public ProducerRecord<byte[], byte[]> toRecord() {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic + Topic.DEAD_LETTER_SUFFIX, null, key, value, headers);
        writeTo(record.headers());
        return record;
    }

    private void writeTo(Headers headers) {
        String text = message == null ? "" : message;
        put(headers, REASON, reason.label());
        put(headers, MESSAGE, text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text);
        put(headers, STAGE, stage);
        put(headers, TOPIC, topic);
        put(headers, PARTITION, Integer.toString(partition));
        put(headers, OFFSET, Long.toString(offset));
        put(headers, TIMESTAMP, Long.toString(timestampMillis));
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Headers headers, String name, String absent) {
        Header header = headers.lastHeader(name);
        return header == null ? absent : new String(header.value(), StandardCharsets.UTF_8);
    }
}
