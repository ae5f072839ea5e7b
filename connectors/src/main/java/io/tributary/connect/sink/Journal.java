package io.tributary.connect.sink;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What a task writes to Kafka itself: dead letters and ledger entries. Each call returns when Kafka has acknowledged.
 */
final class Journal implements AutoCloseable {
    /** A record and why it can never be stored. */
    record Rejection(SinkRecord record, RejectedException cause) {}

    private final Producer<byte[], byte[]> producer;
    private final Topic<String, LedgerEntry> ledger;
    private final String stage;

    Journal(Producer<byte[], byte[]> producer, Topic<String, LedgerEntry> ledger, String stage) {
        this.producer = producer;
        this.ledger = ledger;
        this.stage = stage;
    }

    /** What a partition's ledger entries are for. */
    LedgerRange.Source source(String instance, RecordDecoder decoder, String topic, int partition) {
        return new LedgerRange.Source(stage, instance, decoder.signal(topic), topic, partition);
    }

    /** Puts records with their original bytes and headers on the dead-letter topics. */
    void bury(List<Rejection> rejections) {
        send(rejections.stream().map(this::deadLetter).toList());
    }

    /** Publishes entries. */
    void publish(Collection<LedgerEntry> entries) {
        send(entries.stream()
                .map(entry -> new ProducerRecord<>(
                        ledger.name(), LedgerKey.of(entry).getBytes(StandardCharsets.UTF_8), ledger.encodeValue(entry)))
                .toList());
    }

    private ProducerRecord<byte[], byte[]> deadLetter(Rejection rejection) {
        SinkRecord record = rejection.record();
        Long timestamp = record.timestamp();
        return new DeadLetter(
                        (byte[]) record.key(),
                        (byte[]) record.value(),
                        rejection.cause().reason(),
                        rejection.cause().getMessage(),
                        stage,
                        record.originalTopic(),
                        record.originalKafkaPartition(),
                        record.originalKafkaOffset(),
                        timestamp == null ? -1 : timestamp,
                        own(record))
                .toRecord();
    }

    private static List<Header> own(SinkRecord record) {
        RecordHeaders headers = new RecordHeaders();
        record.headers().forEach(header -> headers.add(header.key(), (byte[]) header.value()));
        return DeadLetter.own(headers);
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<?>> acknowledgements = new ArrayList<>(records.size());
        try {
            for (ProducerRecord<byte[], byte[]> record : records) {
                acknowledgements.add(producer.send(record));
            }
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new RetryableException("publish to Kafka: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("publish to Kafka: interrupted", e);
        } catch (KafkaException e) {
            throw new RetryableException("publish to Kafka: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(5));
    }
}
