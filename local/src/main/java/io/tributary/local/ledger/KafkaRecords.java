package io.tributary.local.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds records by reading: a consumer of committed records passes over markers, aborted and compacted records, and its
 * position tells that there was nothing.
 *
 * @param consumer reads committed records only; its assignment is taken over
 */
record KafkaRecords(Consumer<byte[], byte[]> consumer) implements Positions.Records {
    private static final Duration POLL = Duration.ofMillis(200);

    @Override
    public long next(SourcePartition source, long offset) {
        TopicPartition partition = new TopicPartition(source.topic(), source.number());
        long end = consumer.endOffsets(Set.of(partition)).get(partition);
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        while (consumer.position(partition) < end) {
            List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                return records.getFirst().offset();
            }
        }
        return Math.max(offset, end);
    }
}
