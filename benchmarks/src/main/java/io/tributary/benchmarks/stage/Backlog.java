package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * What a stage does with a topic that was filled while it did not run: it works at its own speed, disturbed by nothing
 * but what it needs. Its commits tell how far it is.
 *
 * @param progress how far it was, and what it had used
 * @param peakBytes the most memory of the process, in bytes
 * @param kafka how a bare consumer read the same topic
 * @param bytesPerRecord of the topic on the broker's disk
 */
record Backlog(Progress progress, long peakBytes, Progress kafka, double bytesPerRecord) {
    /** How many measurements one run makes. */
    static final int STRETCHES = 5;

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /**
     * Fills the workload's topic and lets the part work it off.
     *
     * @param requests how many requests' records
     * @param nanosApart how far the records' timestamps in Kafka are apart: the rate at which they seem to have come
     */
    static Backlog of(Stand stand, String part, Workload<?, ?, ?> workload, int requests, double nanosApart)
            throws InterruptedException {
        String topic = workload.topic().name();
        // The first start makes the topics; what is in them must not be read before all of it is there.
        stand.up(part);
        stand.stop(part);
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            long records = (long) requests * workload.records();
            long apart = (long) (records * nanosApart / 1e6);
            kafka.produce(workload, 0, requests, System.currentTimeMillis() - apart, nanosApart);
            Progress bare = read(kafka, topic, records);
            Progress progress = new Progress();
            // It begins to work before it is up, so it is looked at from its start on.
            CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> stand.up(part));
            Usage usage = stand.awaitUsage(part, starting);
            long end = kafka.end(topic);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (long done = kafka.committed(part, topic); done < end; done = kafka.committed(part, topic)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(part + ": " + done + " of " + end + " records after " + PATIENCE);
                }
                progress.note(done, usage.cpuSeconds());
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            }
            progress.note(end, usage.cpuSeconds());
            starting.join();
            return new Backlog(progress, usage.peakResidentBytes(), bare, (double) kafka.diskBytes(topic) / records);
        }
    }

    private static Progress read(KafkaSide kafka, String topic, long records) throws InterruptedException {
        Usage self = Usage.ofThisProcess();
        Progress progress = new Progress();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(topic)) {
            long read = 0;
            progress.note(0, self.cpuSeconds());
            while (read < records) {
                read += consumer.poll(Duration.ofMillis(100)).count();
                progress.note(read, self.cpuSeconds());
            }
        }
        return progress;
    }

    /** What every stage tells, as cells: what, records a second, processor seconds a million, memory. */
    List<String[]> rows(String what) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            what,
            progress.recordsPerSecond(STRETCHES).text(),
            progress.cpuPerMillion(STRETCHES).text(),
            Long.toString(peakBytes >> 20)
        });
        rows.add(new String[] {
            "limit: bare consumer",
            kafka.recordsPerSecond(STRETCHES).text(),
            kafka.cpuPerMillion(STRETCHES).text(),
            "–"
        });
        return rows;
    }
}
