package io.tributary.local.ledger;

import io.tributary.local.kafka.KafkaAccess;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The ledger and all that it is held against, read from Kafka. Changes nothing there: it joins no group. */
public final class KafkaLedger implements AutoCloseable {
    private static final int FETCH_WAIT_MS = 10;
    private static final Duration POLL = Duration.ofMillis(200);
    /** In which entries follow the commits of what they tell. */
    private static final Duration ENTRIES_FOLLOW = Duration.ofSeconds(5);

    private final Clock clock = Clock.systemUTC();
    private final KafkaAccess kafka;
    private final Topics topics;
    private final Catalogue catalogue;
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;

    /**
     * The ledger of these topics, on these brokers.
     *
     * @throws RetryableException if no client can be made of the settings
     */
    public KafkaLedger(KafkaAccess kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
        this.catalogue = Catalogue.of(topics);
        this.admin = kafka.admin();
        // The consumer goes from one place to another, and a fetch that waits holds up the next.
        this.consumer = kafka.consumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS));
    }

    /**
     * The balance as it is now.
     *
     * @throws RetryableException if Kafka or the registry is away or does not let us in, or Kafka has no ledger
     */
    public LedgerBalance balance() throws InterruptedException {
        try {
            Map<String, Set<TopicPartition>> partitions = partitions();
            if (!partitions.containsKey(topics.ledger().name())) {
                throw new RetryableException(
                        "kafka: no topic " + topics.ledger().name() + " at " + kafka.bootstrapServers()
                                + " (expected: the Kafka that Tributary's services write to, and their topic prefix)");
            }
            KafkaGroups groups = KafkaGroups.read(admin, catalogue);
            long deadline = System.nanoTime() + ENTRIES_FOLLOW.toNanos();
            LedgerBalance balance = balance(partitions, groups);
            // Stream stages commit more often than they publish entries, so in a topic that never rests the newest
            // commits are always ahead of them.
            while (!balance.balanced() && System.nanoTime() < deadline) {
                balance = balance(partitions, groups);
            }
            return balance;
        } catch (KafkaException e) {
            throw kafka.failure(e);
        }
    }

    private LedgerBalance balance(Map<String, Set<TopicPartition>> partitions, KafkaGroups groups)
            throws InterruptedException {
        Ledger ledger = new Ledger();
        readLedger(partitions.getOrDefault(topics.ledger().name(), Set.of()), ledger);
        Map<SourcePartition, Offsets> offsets = offsets(balanced(ledger), partitions);
        Set<Reading> readings = new TreeSet<>(groups.readings());
        readings.addAll(usualReadings(offsets.keySet()));
        return Balancing.balance(
                catalogue, ledger, new Positions(offsets, groups.commits(), readings, new KafkaRecords(consumer)));
    }

    private Map<String, Set<TopicPartition>> partitions() {
        return consumer.listTopics().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(
                        info -> info.topic(),
                        Collectors.mapping(
                                info -> new TopicPartition(info.topic(), info.partition()), Collectors.toSet())));
    }

    /**
     * Reads all that is there, entries of open transactions included, whose end is awaited: commits that were read
     * before may be of such a transaction, since the end of one does not reach all partitions at once. What is older
     * than the topic's retention is left out: others as old, in other partitions, may be gone.
     */
    private void readLedger(Collection<TopicPartition> partitions, Ledger ledger) throws InterruptedException {
        Map<TopicPartition, Long> ends = KafkaEnds.of(admin, partitions);
        long kept = KafkaRetention.of(admin, topics.ledger().name())
                .map(retention -> clock.instant().minus(retention).toEpochMilli())
                .orElse(Long.MIN_VALUE);
        if (consumer.beginningOffsets(partitions).values().stream().anyMatch(start -> start > 0)) {
            ledger.beginningExpired();
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.timestamp() < kept) {
                    ledger.beginningExpired();
                } else {
                    put(record, ledger);
                }
            }
        }
    }

    private void put(ConsumerRecord<byte[], byte[]> record, Ledger ledger) {
        try {
            LedgerEntry entry = topics.ledger().decodeValue(record.value());
            if (entry != null) {
                ledger.put(entry);
            }
        } catch (RejectedException e) {
            ledger.putUnreadable(new SourcePartition(record.topic(), record.partition()), record.offset(), e.reason());
        }
    }

    /** The catalogue's topics, and those that services have brought of their own. */
    private Set<String> balanced(Ledger ledger) {
        Set<String> names = new TreeSet<>(catalogue.signals().keySet());
        names.addAll(ledger.signals().keySet());
        return names;
    }

    private Map<SourcePartition, Offsets> offsets(Set<String> names, Map<String, Set<TopicPartition>> partitions) {
        List<TopicPartition> balanced = names.stream()
                .flatMap(topic -> partitions.getOrDefault(topic, Set.of()).stream())
                .toList();
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(balanced);
        Map<TopicPartition, Long> ends = consumer.endOffsets(balanced);
        return balanced.stream()
                .collect(Collectors.toMap(
                        KafkaGroups::source, partition -> new Offsets(starts.get(partition), ends.get(partition))));
    }

    private Set<Reading> usualReadings(Set<SourcePartition> partitions) {
        Set<Reading> usual = new TreeSet<>();
        catalogue
                .stages()
                .forEach((stage, read) -> partitions.stream()
                        .filter(partition -> read.contains(partition.topic()))
                        .forEach(partition -> usual.add(new Reading(stage, partition))));
        return usual;
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
