package io.tributary.runtime.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of bytes that knows what it does not read. After each poll, which is also where it is assigned something
 * else, it notes the lag of what it is assigned. Where its group has no offset yet, or one that the topic does not
 * have, it goes on at the first one that the topic has, as {@code auto.offset.reset=earliest} does; but of the latter
 * it says so, because records may be lost by that.
 */
public final class SourceConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(SourceConsumer.class);

    private final SourceLag lag;
    private final PassedOffsets passed;

    /** A consumer with this configuration, but for {@code auto.offset.reset}, that notes what it finds there. */
    public SourceConsumer(Map<String, Object> config, SourceLag lag, PassedOffsets passed) {
        super(withoutReset(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.lag = lag;
        this.passed = passed;
    }

    private static Map<String, Object> withoutReset(Map<String, Object> config) {
        Map<String, Object> own = new HashMap<>(config);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return own;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = pollFromWhatIsThere(timeout);
        for (TopicPartition partition : assignment()) {
            lag.note(partition, currentLag(partition));
        }
        return records;
    }

    private ConsumerRecords<byte[], byte[]> pollFromWhatIsThere(Duration timeout) {
        try {
            return super.poll(timeout);
        } catch (InvalidOffsetException e) {
            begin(e);
            return ConsumerRecords.empty();
        }
    }

    @Override
    public long position(TopicPartition partition) {
        try {
            return super.position(partition);
        } catch (InvalidOffsetException e) {
            begin(e);
            return super.position(partition);
        }
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        try {
            return super.position(partition, timeout);
        } catch (InvalidOffsetException e) {
            begin(e);
            return super.position(partition, timeout);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = super.committed(partitions);
        committed.forEach(passed::committed);
        return committed;
    }

    private void begin(InvalidOffsetException invalid) {
        seekToBeginning(invalid.partitions());
        if (invalid instanceof LogTruncationException truncated) {
            // A leader that lacked the end of the log was elected: what was read before it stays read.
            truncated.divergentOffsets().forEach(this::seek);
        }
        if (invalid instanceof OffsetOutOfRangeException beyond) {
            beyond.offsetOutOfRangePartitions().forEach(this::goOn);
        }
    }

    private void goOn(TopicPartition partition, long wanted) {
        long next = super.position(partition);
        LOG.error(
                "{}: offset {} is not there, reading goes on at {} (expected: a topic that keeps its records until they"
                        + " are read)",
                partition,
                wanted,
                next);
        passed.expired(partition, new PassedOffsets.Expired(Math.min(wanted, next), next));
    }
}
