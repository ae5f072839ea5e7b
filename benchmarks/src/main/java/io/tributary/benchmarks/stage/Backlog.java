package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Shares;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Unseen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/**
 * How the instances of a part worked off records that all came at once, at their own speed, disturbed by nothing but
 * what they need. Their commits tell how far they are, and whose partitions those are tells which one did it.
 *
 * <p>A part may pass records on to itself through topics of its own. A record counts as much in each of its topics: of
 * two, half when it is read from the first, and half when it is read from the second.
 */
final class Backlog {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final String part;
    private final List<String> topics;
    private final List<Instance> instances;
    private final KafkaSide kafka;
    /** How far the part is with each partition of all topics. */
    private final Map<TopicPartition, Long> done = new HashMap<>();
    /** How many records each instance did, by topic. */
    private final long[][] read;

    private final List<Look> looks = new ArrayList<>();
    private final List<Long> peakBytes = new ArrayList<>();

    /** What each instance had done and used at one moment. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Look(long nanos, long[][] read, double[] cpuSeconds) {}

    private Backlog(String part, List<String> topics, List<Instance> instances, KafkaSide kafka)
            throws InterruptedException {
        this.part = part;
        this.topics = topics;
        this.instances = instances;
        this.kafka = kafka;
        for (String topic : topics) {
            done.putAll(kafka.ends(topic));
        }
        this.read = new long[instances.size()][topics.size()];
    }

    /** Makes the records, unseen. */
    interface Source {
        /** Produces them. */
        Unseen produce() throws InterruptedException;
    }

    /**
     * Waits until each instance has partitions, shows them the backlog and waits until they are done with it.
     *
     * @param topics those that the part reads the records from: that of the backlog, and any of its own
     * @param instances all of the part; they have nothing to do
     * @param source makes what waits
     */
    static Backlog of(String part, List<String> topics, List<Instance> instances, KafkaSide kafka, Source source)
            throws InterruptedException {
        Backlog backlog = new Backlog(part, topics, instances, kafka);
        backlog.awaitOwners();
        try (Unseen records = source.produce()) {
            backlog.look();
            records.show();
            backlog.awaitDone(topics.getFirst(), records.ends());
            for (String topic : topics.subList(1, topics.size())) {
                // What is done with one topic is in the next, by the same transactions.
                backlog.awaitDone(topic, kafka.ends(topic));
            }
        }
        instances.forEach(instance -> backlog.peakBytes.add(instance.usage().peakResidentBytes()));
        return backlog;
    }

    private void awaitOwners() throws InterruptedException {
        Set<String> names = instances.stream().map(Instance::name).collect(Collectors.toSet());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String topic : topics) {
            Set<TopicPartition> all = kafka.ends(topic).keySet();
            Map<TopicPartition, String> owners = kafka.owners(part, topic);
            while (!owners.keySet().equals(all) || !new HashSet<>(owners.values()).equals(names)) {
                pause(deadline, "owners of partitions: " + owners + " (expected: all of " + all + ")");
                owners = kafka.owners(part, topic);
            }
        }
    }

    private void awaitDone(String topic, Map<TopicPartition, Long> ends) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.entrySet().containsAll(ends.entrySet())) {
            pause(deadline, "done: " + done + " (expected: " + ends + ")");
            count(topic, ends);
            for (String later : topics.subList(topics.indexOf(topic) + 1, topics.size())) {
                count(later, Map.of());
            }
            look();
        }
    }

    /** Counts what was done of the topic since the last time, up to these ends. */
    private void count(String topic, Map<TopicPartition, Long> ends) throws InterruptedException {
        Map<TopicPartition, String> owners = kafka.owners(part, topic);
        kafka.committed(part, topic).forEach((partition, committed) -> {
            int owner = instance(owners.get(partition));
            // Behind the last record is the mark of the transaction's end, which may be committed too.
            long now = Math.min(ends.getOrDefault(partition, Long.MAX_VALUE), committed);
            if (owner >= 0 && now > done.get(partition)) {
                read[owner][topics.indexOf(topic)] += now - done.put(partition, now);
            }
        });
    }

    /** Which of the instances has this name; negative for none. */
    private int instance(String name) {
        return IntStream.range(0, instances.size())
                .filter(i -> instances.get(i).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    private void look() {
        looks.add(new Look(
                System.nanoTime(),
                Arrays.stream(read).map(long[]::clone).toArray(long[][]::new),
                instances.stream()
                        .mapToDouble(instance -> instance.usage().cpuSeconds())
                        .toArray()));
    }

    private void pause(long deadline, String state) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(part + ": after " + PATIENCE + " " + state);
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }

    /** How far all instances together were, and what they had used. */
    Progress together() {
        Progress progress = new Progress();
        looks.forEach(look -> progress.note(
                LongStream.of(Shares.of(look.read(), read)).sum(),
                Arrays.stream(look.cpuSeconds()).sum(),
                look.nanos()));
        return progress;
    }

    /** How far each instance was with its own records, and what it had used. */
    List<Progress> each() {
        return IntStream.range(0, instances.size())
                .mapToObj(instance -> {
                    Progress progress = new Progress();
                    looks.forEach(look -> progress.note(
                            Shares.of(look.read(), read)[instance], look.cpuSeconds()[instance], look.nanos()));
                    return progress;
                })
                .toList();
    }

    /** How many of the records each instance did. */
    long[] records() {
        return Shares.of(read, read);
    }

    /** The most memory of each instance until then, in bytes. */
    List<Long> peakBytes() {
        return peakBytes;
    }
}
