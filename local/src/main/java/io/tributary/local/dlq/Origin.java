package io.tributary.local.dlq;

import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Where a dead letter came from.
 *
 * @param topic the topic that it was read from or meant for; empty if the letter does not tell, or does not lie in that
 *     topic's dead letters
 * @param partition the partition that it was read from; empty if it never reached the topic
 * @param id names the record: the same for every letter of one record, since several stages may have given up on it, or
 *     one of them twice. A letter that never reached the topic names itself
 */
record Origin(String topic, OptionalInt partition, String id) {
    static Origin of(ConsumerRecord<byte[], byte[]> letter) {
        String topic = header(letter, DeadLetter.TOPIC);
        boolean home = letter.topic().equals(topic + Topic.DEAD_LETTER_SUFFIX);
        String partition = header(letter, DeadLetter.PARTITION);
        String offset = header(letter, DeadLetter.OFFSET);
        boolean read = partition.matches("[0-9]{1,9}") && offset.matches("[0-9]{1,18}");
        return new Origin(
                home ? topic : "",
                read ? OptionalInt.of(Integer.parseInt(partition)) : OptionalInt.empty(),
                read
                        ? at(topic, partition, offset)
                        : at(letter.topic(), Integer.toString(letter.partition()), Long.toString(letter.offset())));
    }

    /** What the header says; empty if it is missing. */
    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String at(String topic, String partition, String offset) {
        return topic + '-' + partition + '@' + offset;
    }
}
