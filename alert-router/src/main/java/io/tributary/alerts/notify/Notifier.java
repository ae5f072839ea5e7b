package io.tributary.alerts.notify;

import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.offset.SettledOffsets;
import io.tributary.delivery.offset.WaterMarks;
import io.tributary.runtime.source.PassedOffsets;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Takes messages that are due from Kafka and delivers them. Only what is delivered, and what was given up for a named
 * reason, is committed; a ledger entry goes before each commit. Groups wait for nobody but their own receiver.
 */
final class Notifier implements Runnable, ConsumerRebalanceListener {
    /** The consumer group, and the stage in the ledger. */
    static final String STAGE = "alert-router-notifier";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(11);
    private static final WaterMarks MARKS = WaterMarks.of(8L << 20);

    private final Consumer<byte[], byte[]> consumer;
    private final PassedOffsets passed;
    private final Supplier<Consumer<byte[], byte[]>> logReaders;
    private final Delivery.Means means;
    private final LedgerPublisher ledger;
    private final String instance;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("notification-", 0).factory());
    private final Map<TopicPartition, Delivery> deliveries = new HashMap<>();
    private boolean resting;
    private volatile boolean stopping;

    Notifier(
            Consumer<byte[], byte[]> consumer,
            PassedOffsets passed,
            Supplier<Consumer<byte[], byte[]>> logReaders,
            Delivery.Means means,
            LedgerPublisher ledger,
            String instance) {
        this.consumer = consumer;
        this.passed = passed;
        this.logReaders = logReaders;
        this.means = means;
        this.ledger = ledger;
        this.instance = instance;
    }

    /** Runs until {@link #stop()}; throws what keeps it from going on, to be started again. */
    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(means.topic().name()), this);
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> due = consumer.poll(POLL);
                deliveries.forEach((partition, delivery) ->
                        delivery.offsets().expired(passed.expired(partition).to()));
                due.forEach(this::begin);
                commitSettled(deliveries.keySet());
                rest();
            }
        } catch (WakeupException e) {
            if (!stopping) {
                throw e;
            }
        } finally {
            end();
        }
    }

    /** Asks the run to end. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void begin(ConsumerRecord<byte[], byte[]> record) {
        Delivery delivery = deliveries.get(new TopicPartition(record.topic(), record.partition()));
        delivery.offsets().read(record.offset(), Math.max(0, record.serializedValueSize()));
        delivery.begin();
        threads.execute(() -> delivery.deliver(record));
    }

    private void rest() {
        long bytes = deliveries.values().stream()
                .mapToLong(each -> each.offsets().bytesInFlight())
                .sum();
        resting = MARKS.rests(resting, bytes);
        if (resting) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
    }

    private void commitSettled(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            SettledOffsets offsets = deliveries.get(partition).offsets();
            offsets.passed(consumer.position(partition));
            Optional<LedgerEntry> entry = offsets.nextEntry();
            if (entry.isPresent()) {
                ledger.publish(entry.get()).join();
                consumer.commitSync(
                        Map.of(partition, new OffsetAndMetadata(entry.get().getTo())));
                offsets.committed(entry.get().getTo());
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Another owner may have delivered what this one never heard of.
        try (Consumer<byte[], byte[]> reader = logReaders.get()) {
            means.log().load(reader);
        }
        Topic<?, ?> topic = means.topic();
        for (TopicPartition partition : partitions) {
            var source = new LedgerRange.Source(STAGE, instance, topic.signal(), topic.name(), partition.partition());
            deliveries.put(partition, new Delivery(means, new SettledOffsets(source, consumer.position(partition))));
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(each -> deliveries.get(each).abandon());
        // Attempts that are under way may end, so that their answers are not lost, but all within the same time.
        long until = System.nanoTime() + STOP_WITHIN.toNanos();
        for (TopicPartition each : partitions) {
            deliveries.get(each).awaitQuiet(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        commitSettled(partitions);
        partitions.forEach(deliveries::remove);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        partitions.forEach(each -> deliveries.remove(each).abandon());
    }

    private void end() {
        // Closing revokes the partitions, which awaits attempts and commits.
        consumer.close();
        threads.shutdownNow();
    }
}
