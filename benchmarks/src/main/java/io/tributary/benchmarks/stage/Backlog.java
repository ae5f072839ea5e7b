package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Unseen;
import io.tributary.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
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
 */
final class Backlog {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final String part;
    private final String topic;
    private final List<Instance> instances;
    private final KafkaSide kafka;
    private final Map<TopicPartition, Long> done;
    private final long[] records;
    private final Progress together = new Progress();
    private final List<Progress> each;
    private final List<Long> peakBytes = new ArrayList<>();

    private Backlog(String part, String topic, List<Instance> instances, KafkaSide kafka) throws InterruptedException {
        this.part = part;
        this.topic = topic;
        this.instances = instances;
        this.kafka = kafka;
        this.done = kafka.ends(topic);
        this.records = new long[instances.size()];
        this.each = instances.stream().map(instance -> new Progress()).toList();
    }

    /**
     * Waits until each instance has partitions, shows them the backlog and waits until they are done with it.
     *
     * @param instances all of the part; they have nothing to do
     * @param from number of the first request whose records they get
     * @param to number of the first request after those
     * @param nanosApart how far the records' timestamps in Kafka are apart: the rate at which they seem to have come
     */
    static Backlog of(
            String part,
            List<Instance> instances,
            KafkaSide kafka,
            Workload<?, ?, ?> workload,
            int from,
            int to,
            double nanosApart)
            throws InterruptedException {
        Backlog backlog = new Backlog(part, workload.topic().name(), instances, kafka);
        backlog.awaitOwners();
        long apart = (long) ((to - from) * (double) workload.records() * nanosApart / 1e6);
        try (Unseen records = kafka.produce(workload, from, to, System.currentTimeMillis() - apart, nanosApart)) {
            backlog.note();
            records.show();
            backlog.awaitDone(records.ends());
        }
        instances.forEach(instance -> backlog.peakBytes.add(instance.usage().peakResidentBytes()));
        return backlog;
    }

    private void awaitOwners() throws InterruptedException {
        Set<String> names = instances.stream().map(Instance::name).collect(Collectors.toSet());
        Map<TopicPartition, String> owners = Map.of();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!owners.keySet().equals(done.keySet()) || !new HashSet<>(owners.values()).equals(names)) {
            pause(deadline, "owners of partitions: " + owners + " (expected: all of " + done.keySet() + ")");
            owners = kafka.owners(part, topic);
        }
    }

    private void awaitDone(Map<TopicPartition, Long> ends) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.equals(ends)) {
            pause(deadline, "done: " + done + " (expected: " + ends + ")");
            Map<TopicPartition, String> owners = kafka.owners(part, topic);
            Map<TopicPartition, Long> committed = kafka.committed(part, topic);
            ends.forEach((partition, end) -> {
                int owner = instance(owners.get(partition));
                // Behind the last record is the mark of the transaction's end, which may be committed too.
                long now = Math.min(end, committed.getOrDefault(partition, 0L));
                if (owner >= 0 && now > done.get(partition)) {
                    records[owner] += now - done.put(partition, now);
                }
            });
            note();
        }
    }

    /** Which of the instances has this name; negative for none. */
    private int instance(String name) {
        return IntStream.range(0, instances.size())
                .filter(i -> instances.get(i).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    private void note() {
        double all = 0;
        for (int i = 0; i < records.length; i++) {
            double cpu = instances.get(i).usage().cpuSeconds();
            each.get(i).note(records[i], cpu);
            all += cpu;
        }
        together.note(LongStream.of(records).sum(), all);
    }

    private void pause(long deadline, String state) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(part + ": after " + PATIENCE + " " + state);
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }

    /** How far all instances together were, and what they had used. */
    Progress together() {
        return together;
    }

    /** How far each instance was with its own records, and what it had used. */
    List<Progress> each() {
        return each;
    }

    /** How many of the records each instance did. */
    long[] records() {
        return records.clone();
    }

    /** The most memory of each instance until then, in bytes. */
    List<Long> peakBytes() {
        return peakBytes;
    }
}
