package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A stream job that works off a backlog, with few and with many keys at once, and then by two instances; with one
 * number of keys if there is less to do than usual.
 *
 * @param name the part
 * @param records how many records it works off
 * @param keys how many traces are open at once, or how many series there are, in each of the runs
 * @param keysAre what the keys are
 * @param rate at which the records seem to have come: records a second
 * @param lasts how long the records of so many keys last by their own times
 * @param workload makes the records of so many keys
 */
record StreamStage(
        String name,
        int records,
        List<Integer> keys,
        String keysAre,
        double rate,
        IntFunction<Duration> lasts,
        Making workload)
        implements Stage {
    private static final Duration POINTS_EVERY = Duration.ofSeconds(15);
    private static final int POINTS = 3_000_000;

    /** Makes a workload. */
    interface Making {
        /** The workload of so many keys. */
        Workload<?, ?, ?> of(Workloads workloads, int keys);
    }

    static StreamStage traces() {
        return new StreamStage(
                "trace-assembler",
                1_500_000,
                List.of(1000, 4000, 16_000),
                "open traces",
                30_000,
                traces -> Duration.ofMinutes(30),
                Workloads::spans);
    }

    static StreamStage metrics() {
        return new StreamStage(
                "metrics-aggregator",
                POINTS,
                List.of(6250, 25_000, 100_000),
                "series",
                100_000,
                series -> POINTS_EVERY.multipliedBy(POINTS / series + 1),
                (workloads, series) -> workloads.points(series, POINTS_EVERY));
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        MarkdownTable table = new MarkdownTable(name, "records/s", "CPU-s per million", "peak RSS, MiB");
        int middle = keys.get(keys.size() / 2);
        double bytes = 0;
        for (int count : size < 1 ? List.of(middle) : keys) {
            bytes = measure(stand, count, 1, size, table);
        }
        measure(stand, middle, 2, size, table);
        return table.text() + String.format("%nA record takes %.0f bytes in Kafka.%n", bytes);
    }

    /** Measures so many instances with so many keys; returns how many bytes a record takes. */
    private double measure(Stand stand, int count, int instances, double size, MarkdownTable table) throws Exception {
        stand.empty();
        stand.up("kafka", "registry", name);
        List<Instance> started = new ArrayList<>(List.of(stand.instance(name)));
        if (instances > 1) {
            started.add(stand.secondInstance(name));
        }
        // Nothing of it is later than when it is sent: that would be dropped.
        Workloads workloads = Workloads.from(Instant.now().minus(lasts.apply(count)), stand.topics());
        Workload<?, ?, ?> work = workload.of(workloads, count);
        String what = String.format(Locale.ROOT, "%,d %s", count, keysAre);
        int requests = (int) Math.max(5, records * size / Workloads.MANY);
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            Rounds one = new Rounds(List.of(Backlog.of(name, started, kafka, work, 0, requests, 1e9 / rate)));
            if (instances > 1) {
                one.shares(what).forEach(table::row);
            } else {
                long all = (long) requests * Workloads.MANY;
                table.row(one.row(what));
                table.row(Rounds.limit(kafka.read(work.topic().name(), all)));
            }
            return kafka.diskBytes(work.topic().name()) / ((double) requests * Workloads.MANY);
        }
    }
}
