package io.tributary.logindexer.config;

import io.tributary.logindexer.consume.RecordIndexing;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.source.PassedOffsets;
import io.tributary.runtime.source.SourceConsumer;
import io.tributary.runtime.source.SourceLag;
import io.tributary.schemas.topic.Topics;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The service's Kafka clients. All carry bytes: what cannot be decoded must still reach the dead letters. */
final class KafkaClients {
    private static final int MAX_POLL_RECORDS = 2000;
    private static final int FETCH_BYTES = 8 << 20;
    /** A request to Elasticsearch has many documents where many come; where few do, they wait no longer than this. */
    private static final int ENOUGH_BYTES = 256 << 10;

    private static final int ENOUGH_MILLIS = 250;
    private static final int SESSION_MILLIS = 15_000;

    private KafkaClients() {}

    static Consumer<byte[], byte[]> consumer(KafkaProperties kafka, PassedOffsets passed) {
        Map<String, Object> config = kafka.clientConfig();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, RecordIndexing.STAGE);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, ENOUGH_BYTES);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, ENOUGH_MILLIS);
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 5);
        kafka.staticInstance().ifPresent(name -> config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
        return new SourceConsumer(config, new SourceLag(), passed);
    }

    static Producer<byte[], byte[]> producer(KafkaProperties kafka) {
        Map<String, Object> config = kafka.clientConfig();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) Topics.MAX_DEAD_LETTER_BYTES);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DEAD_LETTER_BYTES);
        // The consumer's thread publishes ledger entries, and must not wait long while Kafka is away.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
