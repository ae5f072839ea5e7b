package io.tributary.runtime.config;

import io.tributary.runtime.source.PassedOffsets;
import io.tributary.runtime.source.SourceConsumer;
import io.tributary.runtime.source.SourceLag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams. The producer's failures are final: none says that it could be tried again. The consumer
 * of sources notes how far behind it is, and what it passes over.
 *
 * <p>Tried again, to Kafka Streams 4.3, means that the one task that wrote begins anew. The other tasks of the thread
 * go on, although their writes are part of the same transaction, and although they may be the ones that are told: a
 * record that is being processed then is skipped, and a punctuation never comes again. A final failure ends the thread,
 * and all that begins in its place begins from the last commit.
 */
final class StreamsClients implements KafkaClientSupplier {
    private final SourceLag lag;
    private final PassedOffsets passed;

    StreamsClients(SourceLag lag, PassedOffsets passed) {
        this.lag = lag;
        this.passed = passed;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new FinalProducer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new SourceConsumer(config, lag, passed);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    private static final class FinalProducer extends KafkaProducer<byte[], byte[]> {
        FinalProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            return super.send(
                    record,
                    callback == null
                            ? null
                            : (metadata, failure) -> callback.onCompletion(
                                    metadata, failure instanceof RetriableException ? ended(failure) : failure));
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            return inTime(() -> super.partitionsFor(topic));
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            inTime(() -> {
                super.sendOffsetsToTransaction(offsets, group);
                return null;
            });
        }

        @Override
        public void commitTransaction() {
            inTime(() -> {
                super.commitTransaction();
                return null;
            });
        }

        private static <T> T inTime(Supplier<T> call) {
            try {
                return call.get();
            } catch (TimeoutException e) {
                throw ended(e);
            }
        }

        private static KafkaException ended(Exception failure) {
            return new KafkaException("the thread ends, and its work is done again: " + failure.getMessage(), failure);
        }
    }
}
