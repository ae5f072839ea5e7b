package io.tributary.connect.sink;

import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that never fails because something is away: records wait in a bounded buffer, the partitions are paused when
 * it is full, and the store is tried again with growing delays while the consumer stays in its group.
 *
 * @param <T> what the store writes
 */
public abstract class StoreSinkTask<T> extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSinkTask.class);
    private static final String VERSION = "0.1.0";
    /** How soon to look again whether the store is done with what was forgotten, or a commit with what it covers. */
    private static final long LOOK_MILLIS = 500;

    private final Clock clock = Clock.systemUTC();
    private SinkSettings settings;
    private SourceOffsets sourceOffsets;
    private Journal journal;
    private Store<T> store;
    private Pipeline<T> pipeline;
    private Backoff backoff;
    private int failures;
    private Instant nextAttempt = Instant.EPOCH;
    private boolean paused;

    /** The sink's settings. */
    protected abstract SinkSettings settings(Map<String, String> properties);

    /** What reads the sink's topics. */
    protected abstract RecordDecoder decoder(Topics topics);

    /** Opens the store; it need not be there yet. */
    protected abstract Store<T> open(SinkSettings settings);

    @Override
    public void start(Map<String, String> properties) {
        settings = settings(properties);
        Topics topics = Topics.of(
                settings.getString(SinkSettings.TOPIC_PREFIX),
                new SchemaRegistry(settings.getString(SinkSettings.SCHEMA_REGISTRY_URL)));
        sourceOffsets = new SourceOffsets(Admin.create(settings.clientConfig()), settings.group());
        journal = new Journal(producer(settings), topics.ledger(), settings.group());
        store = open(settings);
        pipeline = new Pipeline<>(
                decoder(topics),
                store,
                journal,
                sourceOffsets::start,
                sourceOffsets::held,
                settings.connector() + '/' + UUID.randomUUID(),
                settings.getInt(SinkSettings.BATCH_BYTES));
        backoff = new Backoff(
                Duration.ofMillis(settings.getInt(SinkSettings.BACKOFF)),
                Duration.ofMillis(settings.getInt(SinkSettings.BACKOFF_MAX)),
                RandomGenerator.getDefault());
    }

    private static KafkaProducer<byte[], byte[]> producer(SinkSettings settings) {
        Map<String, Object> properties = settings.clientConfig();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, settings.group() + "-journal");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DEAD_LETTER_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        records.forEach(StoreSinkTask::demandBytes);
        pipeline.accept(records).forEach((partition, offset) -> {
            LOG.warn(
                    "{}: the offsets of {} turned back, and it is read again from {} on",
                    settings.connector(),
                    partition,
                    offset);
            context.offset(partition, offset);
        });
        flush();
        holdOrResume();
    }

    /** Writes what waits, unless the last attempt failed too recently. */
    private void flush() {
        if (pipeline.isIdle() || clock.instant().isBefore(nextAttempt)) {
            return;
        }
        try {
            pipeline.flush();
            failures = 0;
        } catch (RetryableException e) {
            failures++;
            Duration delay = backoff.delay(failures);
            nextAttempt = clock.instant().plus(delay);
            LOG.warn("{}: attempt {} failed, next in {}: {}", settings.connector(), failures, delay, e.getMessage());
        }
    }

    private void holdOrResume() {
        boolean full = pipeline.waitingBytes() > settings.getInt(SinkSettings.BUFFER_BYTES);
        if (full) {
            context.pause(context.assignment().toArray(TopicPartition[]::new));
            paused = true;
        } else if (paused) {
            context.resume(context.assignment().toArray(TopicPartition[]::new));
            paused = false;
        }
        if (pipeline.isCommitDue()) {
            context.requestCommit();
        }
        if (!pipeline.isIdle()) {
            Duration left = Duration.between(clock.instant(), nextAttempt);
            context.timeout(Math.max(1, left.toMillis()));
        } else if (paused || pipeline.isCommitDue()) {
            context.timeout(LOOK_MILLIS);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> read) {
        flush();
        try {
            return pipeline.commit(read.keySet());
        } catch (RetryableException e) {
            LOG.warn("{}: nothing is committed this time: {}", settings.connector(), e.getMessage());
            return Map.of();
        }
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        pipeline.forget(partitions);
    }

    /** Closes what is open. The worker also calls this after {@link #start} has failed half-way. */
    @Override
    public void stop() {
        if (store != null) {
            store.close();
        }
        if (journal != null) {
            journal.close();
        }
        if (sourceOffsets != null) {
            sourceOffsets.close();
        }
    }

    @Override
    public String version() {
        return VERSION;
    }

    private static void demandBytes(SinkRecord record) {
        if (notBytes(record.key()) || notBytes(record.value())) {
            throw notBytes("key.converter and value.converter");
        }
        for (Header header : record.headers()) {
            if (notBytes(header.value())) {
                throw notBytes("header.converter");
            }
        }
    }

    private static ConnectException notBytes(String settings) {
        return new ConnectException(
                settings + ": not bytes (expected: org.apache.kafka.connect.converters.ByteArrayConverter)");
    }

    private static boolean notBytes(Object part) {
        return part != null && !(part instanceof byte[]);
    }
}
