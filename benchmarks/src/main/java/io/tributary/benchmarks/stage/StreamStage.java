package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A stream job that works off a backlog, with few and with many keys at once; with one number of them if there is less
 * to do than usual.
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
        double bytes = 0;
        for (int count : size < 1 ? keys.subList(1, 2) : keys) {
            int requests = (int) Math.max(5, records * size / Workloads.MANY);
            stand.empty();
            stand.up("kafka", "registry");
            // Nothing of it is later than when it is sent: that would be dropped.
            Instant start = Instant.now().minus(lasts.apply(count));
            Workloads workloads = Workloads.from(start, stand.topics());
            Backlog backlog = Backlog.of(stand, name, workload.of(workloads, count), requests, 1e9 / rate);
            backlog.rows(String.format("%,d %s", count, keysAre)).forEach(table::row);
            bytes = backlog.bytesPerRecord();
        }
        return table.text() + String.format("%nA record takes %.0f bytes in Kafka.%n", bytes);
    }
}
