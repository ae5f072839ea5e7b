package io.tributary.alerts.notify;

import io.tributary.alerts.routing.Routing;
import io.tributary.delivery.deadletter.DeadLetterPublisher;
import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.retry.Backoff;
import io.tributary.runtime.source.PassedOffsets;
import io.tributary.runtime.source.SourceConsumer;
import io.tributary.runtime.source.SourceLag;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the notifier in a thread, and begins again from the last commit when it fails. It runs also where nobody is
 * told: messages of an earlier configuration file are given up then, and not kept for the receiver of a later one.
 */
public final class NotifierRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotifierRunner.class);
    private static final long RESTART_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final int SESSION_MILLIS = 10_000;
    private static final int MAX_POLL_RECORDS = 100;

    /**
     * What the notifier works with.
     *
     * @param client settings of every Kafka client
     * @param member name of this instance in the consumer group, if it has one
     * @param topics the topic catalogue
     * @param routing who is told of what
     * @param externalUrl where people find this service, for messages
     * @param clock the wall clock
     * @param random where chance comes from
     */
    public record Setup(
            Map<String, Object> client,
            Optional<String> member,
            Topics topics,
            Routing routing,
            String externalUrl,
            Clock clock,
            Random random) {}

    private final Setup setup;
    private final DeliveryMeter meter;
    private final KafkaProducer<byte[], byte[]> producer;
    private final DeadLetterPublisher deadLetters;
    private final Optional<Webhook> webhook;
    private final Thread thread = Thread.ofPlatform().name("notifier").unstarted(this::run);
    private volatile Notifier notifier;
    private volatile boolean stopping;

    /** A runner that is not started yet. */
    public NotifierRunner(Setup setup, DeliveryMeter meter) {
        this.setup = setup;
        this.meter = meter;
        Map<String, Object> config = new HashMap<>(setup.client());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DEAD_LETTER_BYTES);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * Topics.MAX_DEAD_LETTER_BYTES);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.deadLetters = new DeadLetterPublisher(producer, setup.random());
        this.webhook = setup.routing()
                .webhook()
                .map(receiver -> new Webhook(
                        receiver, setup.externalUrl(), setup.routing().route().patience()));
    }

    /** Starts; the topics must be there. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            try {
                Notifier made = make();
                notifier = made;
                made.run();
            } catch (RuntimeException e) {
                LOG.error("The notifier failed and begins again: {}", e.toString(), e);
                LockSupport.parkNanos(RESTART_NANOS);
            }
        }
    }

    private Notifier make() {
        Topics topics = setup.topics();
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), setup.random());
        DeliveryLog log = new DeliveryLog(topics.notificationLog(), producer, setup.clock());
        PassedOffsets passed = new PassedOffsets();
        return new Notifier(
                member(passed),
                passed,
                this::logReader,
                new Delivery.Means(topics.notifications(), setup.routing(), webhook, log, deadLetters, backoff, meter),
                new LedgerPublisher(producer, topics.ledger()),
                setup.member().orElse(Notifier.STAGE));
    }

    private Consumer<byte[], byte[]> member(PassedOffsets passed) {
        Map<String, Object> config = reading();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, Notifier.STAGE);
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 5);
        setup.member().ifPresent(name -> config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
        return new SourceConsumer(config, new SourceLag(), passed);
    }

    private Consumer<byte[], byte[]> logReader() {
        return new KafkaConsumer<>(reading(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> reading() {
        Map<String, Object> config = new HashMap<>(setup.client());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        return config;
    }

    /** Whether it works, or has not been started yet. */
    public boolean isAlive() {
        return thread.getState() == Thread.State.NEW || thread.isAlive();
    }

    @Override
    public void close() {
        stopping = true;
        Notifier current = notifier;
        if (current != null) {
            current.stop();
        }
        try {
            thread.join(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deadLetters.close();
        webhook.ifPresent(Webhook::close);
        producer.close(Duration.ofSeconds(5));
    }
}
