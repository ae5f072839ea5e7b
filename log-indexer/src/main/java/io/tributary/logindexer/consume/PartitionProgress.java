package io.tributary.logindexer.consume;

import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.offset.SettledOffsets;
import io.tributary.schemas.avro.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is settled: first the ledger entries that cover it, and when Kafka has those, the offsets. Used by the
 * consumer's thread only.
 */
final class PartitionProgress {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionProgress.class);

    private final Consumer<byte[], byte[]> consumer;
    private final LedgerPublisher ledger;
    private final Map<TopicPartition, SettledOffsets> partitions;
    private final InstantSource clock;
    private Map<TopicPartition, LedgerEntry> entries = Map.of();
    private Optional<CompletableFuture<Void>> publishing = Optional.empty();
    private boolean committing;

    PartitionProgress(
            Consumer<byte[], byte[]> consumer,
            LedgerPublisher ledger,
            Map<TopicPartition, SettledOffsets> partitions,
            InstantSource clock) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** Publishes entries for what was settled, unless some are under way. Does not block. */
    void begin() {
        if (publishing.isPresent() || committing) {
            return;
        }
        Map<TopicPartition, LedgerEntry> next = next(partitions.keySet());
        if (!next.isEmpty()) {
            entries = next;
            publishing = Optional.of(publish(next));
        }
    }

    /** Commits what the entries cover as soon as Kafka has them all. Does not block. */
    void advance() {
        if (publishing.isEmpty() || !publishing.get().isDone()) {
            return;
        }
        boolean failed = publishing.get().isCompletedExceptionally();
        publishing = Optional.empty();
        if (failed) {
            LOG.warn("ledger entries not taken, to be published again: {}", reason());
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets(entries, partitions.keySet());
        if (offsets.isEmpty()) {
            return;
        }
        committing = true;
        consumer.commitAsync(offsets, (committed, failure) -> {
            committing = false;
            if (failure == null) {
                noteCommitted(committed);
                if (partitions.values().stream().anyMatch(SettledOffsets::isBehind)) {
                    begin();
                }
            } else {
                LOG.warn("offsets not committed, to be committed again: {}", failure.toString());
            }
        });
    }

    /** Publishes and commits everything that is settled of these partitions, as far as this time is enough for it. */
    void finish(Collection<TopicPartition> leaving, Duration within) {
        Instant end = clock.instant().plus(within);
        try {
            for (Map<TopicPartition, LedgerEntry> last = next(leaving); !last.isEmpty(); last = next(leaving)) {
                publish(last).get(until(end).toMillis(), TimeUnit.MILLISECONDS);
                Map<TopicPartition, OffsetAndMetadata> offsets = offsets(last, leaving);
                consumer.commitSync(offsets, until(end));
                noteCommitted(offsets);
            }
        } catch (ExecutionException | TimeoutException | CommitFailedException e) {
            LOG.warn("last commit of {} failed, its records will be read again: {}", leaving, e.toString());
        } catch (KafkaException e) {
            LOG.warn("last commit of {} failed, its records will be read again", leaving, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration until(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Map<TopicPartition, LedgerEntry> next(Collection<TopicPartition> which) {
        Map<TopicPartition, LedgerEntry> next = new HashMap<>();
        for (TopicPartition partition : which) {
            SettledOffsets offsets = partitions.get(partition);
            if (offsets != null) {
                offsets.nextEntry().ifPresent(entry -> next.put(partition, entry));
            }
        }
        return next;
    }

    private CompletableFuture<Void> publish(Map<TopicPartition, LedgerEntry> some) {
        return CompletableFuture.allOf(
                some.values().stream().map(ledger::publish).toArray(CompletableFuture[]::new));
    }

    /** The offsets that the entries cover, of those of their partitions that are still ours and did not begin anew. */
    private Map<TopicPartition, OffsetAndMetadata> offsets(
            Map<TopicPartition, LedgerEntry> entries, Collection<TopicPartition> ours) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        entries.forEach((partition, entry) -> {
            if (ours.contains(partition)
                    && partitions
                            .get(partition)
                            .nextEntry()
                            .filter(entry::equals)
                            .isPresent()) {
                offsets.put(partition, new OffsetAndMetadata(entry.getTo()));
            }
        });
        return offsets;
    }

    private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> committed) {
        committed.forEach((partition, offset) -> {
            SettledOffsets offsets = partitions.get(partition);
            if (offsets != null) {
                offsets.committed(offset.offset());
            }
        });
    }

    private String reason() {
        return entries.keySet().toString();
    }
}
