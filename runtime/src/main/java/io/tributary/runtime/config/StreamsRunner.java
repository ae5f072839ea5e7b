package io.tributary.runtime.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tributary.runtime.source.PassedOffsets;
import io.tributary.runtime.source.SourceLag;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a Kafka Streams topology for as long as the service runs: exactly once, on static membership if the instance has
 * a name, with failed threads replaced. Its health is up when the topology processes, or rebalances, which it does by
 * itself.
 */
public final class StreamsRunner implements SmartLifecycle, HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final long REPLACE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int COMMIT_MILLIS = 200;
    private static final int SESSION_MILLIS = 10_000;
    /**
     * How often Kafka Streams looks whether an instance that came has restored the state that it is to take over: as
     * often as it allows, so that it takes its share after a minute and not after ten.
     */
    private static final int PROBING_MILLIS = 60_000;
    /** Changelogs take many small records between two commits: eight times Kafka's own choice means fewer requests. */
    private static final int BATCH_BYTES = 128 << 10;
    /** Records are taken many at a time where many come, and wait no longer than this where few do. */
    private static final int FETCH_BYTES = 128 << 10;

    private static final int FETCH_WAIT_MILLIS = 200;

    private final KafkaProperties kafka;
    private final String applicationId;
    private final Supplier<Topology> topology;
    private final TopicsAtStart topics;
    private final SourceLag lag;
    private final PassedOffsets passed = new PassedOffsets();
    private final MeterRegistry meters;
    private final Counter replaced;
    private volatile KafkaStreams streams;
    private volatile boolean running;
    private volatile String failure;

    /** Runs the topology under this application id once the topics are there. */
    public StreamsRunner(
            KafkaProperties kafka,
            String applicationId,
            Supplier<Topology> topology,
            TopicsAtStart topics,
            MeterRegistry meters) {
        this(kafka, applicationId, topology, topics, new SourceLag(), meters);
    }

    /** The same for a topology that must know what of its sources it has not yet read. */
    public StreamsRunner(
            KafkaProperties kafka,
            String applicationId,
            Supplier<Topology> topology,
            TopicsAtStart topics,
            SourceLag lag,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.applicationId = applicationId;
        this.topology = topology;
        this.topics = topics;
        this.lag = lag;
        this.meters = meters;
        this.replaced = Counter.builder("tributary.streams.threads.replaced")
                .description(
                        "Stream threads that failed and were replaced; their work was done again from the last commit")
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        topics.ready().thenRun(this::startStreams).exceptionally(failed -> {
            failure = failed.getMessage();
            LOG.error("{} cannot start: {}", applicationId, failed.getMessage(), failed);
            return null;
        });
    }

    private synchronized void startStreams() {
        if (!running) {
            return;
        }
        KafkaStreams made = new KafkaStreams(topology.get(), config(), new StreamsClients(lag, passed));
        made.setUncaughtExceptionHandler(this::replaceThread);
        new KafkaStreamsMetrics(made).bindTo(meters);
        made.start();
        streams = made;
    }

    private StreamThreadExceptionResponse replaceThread(Throwable failed) {
        // Whatever failed was not committed. Trying again loses nothing; giving up would stop the partition.
        LOG.error("A thread of {} failed and is replaced: {}", applicationId, failed.toString(), failed);
        replaced.increment();
        LockSupport.parkNanos(REPLACE_AFTER_NANOS);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private Properties config() {
        Properties config = new Properties();
        config.putAll(kafka.clientConfig());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        config.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MILLIS);
        config.put(StreamsConfig.STATE_DIR_CONFIG, kafka.stateDir().toString());
        config.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replication() == null ? -1 : (int) kafka.replication());
        kafka.minInSyncCopies()
                .ifPresent(copies ->
                        config.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), copies));
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 4L << 20);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), SESSION_MILLIS / 5);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCH_BYTES);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MILLIS);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // A dead letter may be as large as the largest topic takes; the topics' own limits decide.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MAX_DEAD_LETTER_BYTES);
        kafka.staticInstance()
                .ifPresent(name ->
                        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), name));
        config.put(PassedOffsets.CONFIG, passed);
        config.putAll(kafka.streams());
        return config;
    }

    /** The running streams; null before the topics are there and after the stop. */
    public KafkaStreams streams() {
        return streams;
    }

    @Override
    public Health health() {
        if (failure != null) {
            return Health.down().withDetail("failure", failure).build();
        }
        KafkaStreams current = streams;
        if (current == null) {
            String waitingFor = topics.isReady() ? "the topology to be made" : topics.waitingFor();
            return Health.down().withDetail("waitingFor", waitingFor).build();
        }
        KafkaStreams.State state = current.state();
        boolean up = state == KafkaStreams.State.RUNNING;
        return (up ? Health.up() : Health.down())
                .withDetail("state", state.name())
                .build();
    }

    @Override
    public synchronized void stop() {
        running = false;
        KafkaStreams current = streams;
        streams = null;
        if (current != null && !current.close(STOP_WITHIN)) {
            LOG.warn("{} did not stop within {}", applicationId, STOP_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
