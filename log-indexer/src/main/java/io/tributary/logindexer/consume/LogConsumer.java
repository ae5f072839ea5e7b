package io.tributary.logindexer.consume;

import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.offset.SettledOffsets;
import io.tributary.runtime.source.PassedOffsets;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.topic.Signal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the consumer group, from its first poll to its last commit. It always polls: while too many bytes are
 * in flight, or a partition's next record cannot be read yet, partitions are paused instead. Used by one thread.
 */
final class LogConsumer implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_RESTING = Duration.ofMillis(10);
    private static final Duration HOLD = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final PassedOffsets passed;
    private final RecordIndexing indexing;
    private final ConsumptionSettings settings;
    private final Clock clock;
    private final Map<TopicPartition, SettledOffsets> partitions = new HashMap<>();
    private final Map<TopicPartition, Instant> held = new HashMap<>();
    /** Where reading began of the partitions that have not got on since. */
    private final Map<TopicPartition, Long> begun = new HashMap<>();

    private final PartitionProgress progress;
    private Instant nextCommit;
    private boolean resting;
    private boolean joined;

    LogConsumer(
            Consumer<byte[], byte[]> consumer,
            PassedOffsets passed,
            RecordIndexing indexing,
            LedgerPublisher ledger,
            ConsumptionSettings settings,
            Clock clock) {
        this.consumer = consumer;
        this.passed = passed;
        this.indexing = indexing;
        this.settings = settings;
        this.clock = clock;
        this.progress = new PartitionProgress(consumer, ledger, partitions, clock);
        this.nextCommit = clock.instant().plus(settings.commitInterval());
    }

    void subscribe() {
        indexing.forgetDefect();
        consumer.subscribe(List.of(settings.topic()), this);
    }

    /** Polls once, takes what comes, and commits if it is time. */
    void turn() {
        indexing.throwDefect();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(resting ? POLL_WHILE_RESTING : POLL);
        partitions.forEach((partition, offsets) -> noteExpired(passed.expired(partition), offsets));
        for (TopicPartition partition : records.partitions()) {
            take(partition, records.records(partition));
        }
        partitions.forEach((partition, offsets) -> notePosition(partition, offsets));
        progress.advance();
        if (!clock.instant().isBefore(nextCommit)) {
            nextCommit = clock.instant().plus(settings.commitInterval());
            progress.begin();
        }
        regulate();
    }

    /** Whether it does its work: something was settled of each of its partitions that has something to read. */
    boolean getsOn() {
        begun.entrySet().removeIf(from -> getsOn(from.getKey(), from.getValue()));
        return joined && begun.isEmpty();
    }

    private boolean getsOn(TopicPartition partition, long from) {
        SettledOffsets offsets = partitions.get(partition);
        boolean idle =
                offsets.recordsInFlight() == 0 && consumer.currentLag(partition).orElse(1) == 0;
        return idle || offsets.settledTo() > from;
    }

    /** Waits a little for what is in flight, and commits for the last time; also after a failure. */
    @Override
    public void close() {
        consumer.pause(consumer.assignment());
        Instant end = clock.instant().plus(settings.drain());
        while (indexing.recordsInFlight() > 0 && clock.instant().isBefore(end)) {
            // Paused, so nothing comes; but the group still hears of us.
            consumer.poll(POLL_WHILE_RESTING);
        }
        progress.finish(Set.copyOf(partitions.keySet()), settings.drain());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        joined = true;
        for (TopicPartition partition : assigned) {
            begin(partition, consumer.position(partition));
        }
        if (resting) {
            consumer.pause(assigned);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        progress.finish(revoked, settings.drain());
        onPartitionsLost(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        // What is in flight of them is still settled, by offsets that nobody asks any more.
        lost.forEach(partitions::remove);
        lost.forEach(held::remove);
        lost.forEach(begun::remove);
    }

    private void begin(TopicPartition partition, long from) {
        LedgerRange.Source source = new LedgerRange.Source(
                RecordIndexing.STAGE, settings.instance(), Signal.LOGS, partition.topic(), partition.partition());
        partitions.put(partition, new SettledOffsets(source, from));
        begun.put(partition, from);
        LOG.info("{} is ours from offset {}", partition, from);
    }

    private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long first = records.getFirst().offset();
        SettledOffsets offsets = partitions.get(partition);
        if (first < offsets.readTo()) {
            beginAgain(partition, Math.min(first, offsets.committedTo()));
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                indexing.take(record, offsets);
            } catch (RetryableException e) {
                LOG.warn("{} waits at offset {}: {}", partition, record.offset(), e.getMessage());
                consumer.seek(partition, record.offset());
                held.put(partition, clock.instant().plus(HOLD));
                return;
            }
        }
    }

    /**
     * Other records have the offsets now: a leader was elected that lacked the end of the log, or the topic was made
     * anew. What is under way below is settled by nobody any more, and so is read again.
     */
    private void beginAgain(TopicPartition partition, long from) {
        consumer.seek(partition, from);
        begin(partition, from);
    }

    private static void noteExpired(PassedOffsets.Expired gone, SettledOffsets offsets) {
        if (gone.from() < gone.to()) {
            offsets.expired(gone.to());
        }
    }

    private void notePosition(TopicPartition partition, SettledOffsets offsets) {
        if (offsets.recordsInFlight() == 0 && !held.containsKey(partition)) {
            offsets.passed(consumer.position(partition));
        }
    }

    /** Pauses what must not be read now and resumes the rest. */
    private void regulate() {
        held.values().removeIf(until -> !clock.instant().isBefore(until));
        resting = settings.waterMarks().rests(resting, bytesInFlight());
        Set<TopicPartition> paused = resting ? consumer.assignment() : held.keySet();
        Set<TopicPartition> resumed = new HashSet<>(consumer.paused());
        resumed.removeAll(paused);
        consumer.pause(paused);
        consumer.resume(resumed);
    }

    private long bytesInFlight() {
        long bytes = indexing.bytesInFlight();
        for (SettledOffsets offsets : partitions.values()) {
            bytes += offsets.bytesInFlight();
        }
        return bytes;
    }
}
