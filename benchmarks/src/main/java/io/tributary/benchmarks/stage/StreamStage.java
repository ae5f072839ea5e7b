package io.tributary.benchmarks.stage;

import io.tributary.alerts.stream.AlertTopology;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.Fates;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.PointRules;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import io.tributary.local.ledger.StageBalance;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A stream job that works off a backlog, with few and with many keys at once, and then by two instances; with one
 * number of keys if there is less to do than usual.
 *
 * @param name the part
 * @param records how many records it works off
 * @param keys how many traces are open at once, or how many series there are, in each of the runs
 * @param keysAre what the keys are
 * @param topics those that it reads the records from: first that of the backlog, then any of its own
 * @param workload makes the records of so many keys
 * @param timing the times of these records
 * @param settings what the job is told beside what {@code ./tributary up} tells it
 */
record StreamStage(
        String name,
        int records,
        List<Integer> keys,
        String keysAre,
        Function<Topics, List<String>> topics,
        Making workload,
        Timing timing,
        Settings settings)
        implements Stage {
    private static final Duration POINTS_EVERY = Duration.ofSeconds(15);

    private static final int POINTS = 3_000_000;
    /** With the fewest series they last for less than the hour that Kafka lets times be ahead of its clock. */
    private static final int POINTS_AHEAD = 900_000;

    /** Makes a workload. */
    interface Making {
        /** The workload of so many keys. */
        Workload<?, ?, ?> of(Workloads workloads, int keys);
    }

    /**
     * The times of records.
     *
     * @param made when the first of them was made, by its own time
     * @param came when the first of them came, by its timestamp in Kafka
     * @param nanosApart how far apart they came
     */
    record Times(Instant made, Instant came, double nanosApart) {
        /** They all came until now, so many a second, and none is later than when it came. */
        static Times until(Instant now, int records, int aSecond, Duration last) {
            long ago = TimeUnit.SECONDS.toNanos(records) / aSecond;
            return new Times(now.minus(last), now.minusNanos(ago), 1e9 / aSecond);
        }
    }

    /** Tells the times of records. */
    interface Timing {
        /** The times of so many records of so many keys. */
        Times of(Instant now, int records, int keys);
    }

    /** What a job is told. */
    interface Settings {
        /** Variables of the environment; files that they name are put into the folder. */
        Map<String, String> in(Path folder) throws IOException;
    }

    static StreamStage traces() {
        return new StreamStage(
                "trace-assembler",
                1_500_000,
                List.of(1000, 4000, 16_000),
                "open traces",
                topics -> List.of(topics.spans().name()),
                Workloads::spans,
                (now, records, traces) -> Times.until(now, records, 30_000, Duration.ofMinutes(30)),
                folder -> Map.of());
    }

    static StreamStage metrics() {
        return new StreamStage(
                "metrics-aggregator",
                POINTS,
                List.of(6250, 25_000, 100_000),
                "series",
                topics -> List.of(topics.metrics().name()),
                (workloads, series) -> workloads.points(series, POINTS_EVERY),
                (now, records, series) ->
                        Times.until(now, records, 100_000, POINTS_EVERY.multipliedBy(POINTS / series + 1)),
                folder -> Map.of());
    }

    /** Points that rules want, half of which are read before they are evaluated and half by who evaluates them. */
    static StreamStage alerts() {
        return new StreamStage(
                AlertTopology.NAME,
                POINTS_AHEAD,
                List.of(4000, 16_000, 64_000),
                "series of " + PointRules.COUNT + " rules",
                topics -> List.of(
                        topics.metrics().name(), AlertTopology.selected(topics).name()),
                (workloads, series) -> workloads.points(series, POINTS_EVERY),
                StreamStage::ahead,
                StreamStage::rules);
    }

    /** When nothing comes, rules are evaluated by the clock, and nothing is evaluated again: points must be later. */
    private static Times ahead(Instant now, int records, int series) {
        Instant begin = now.plus(Duration.ofMinutes(1));
        return new Times(begin, begin, (double) POINTS_EVERY.toNanos() / series);
    }

    private static Map<String, String> rules(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve("rules.yml");
        Files.writeString(file, PointRules.file());
        return Map.of("TRIBUTARY_ALERTS_RULEFILES", file.toString());
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        MarkdownTable table = new MarkdownTable(name, "records/s", "CPU-s per million", "peak RSS, MiB");
        int middle = keys.get(keys.size() / 2);
        StringBuilder fates = new StringBuilder();
        double bytes = 0;
        for (int count : size < 1 ? List.of(middle) : keys) {
            bytes = measure(stand, count, 1, size, table, fates);
        }
        measure(stand, middle, 2, size, table, fates);
        return table.text()
                + String.format(
                        "%nA record takes %.0f bytes in Kafka. What became of the records, by the ledger:%n%n", bytes)
                + fates;
    }

    /** Measures so many instances with so many keys; returns how many bytes a record takes. */
    private double measure(Stand stand, int count, int instances, double size, MarkdownTable table, StringBuilder fates)
            throws Exception {
        stand.empty();
        stand.up("kafka", "registry");
        Map<String, String> told = settings.in(stand.context().home().folder());
        List<Instance> started = new ArrayList<>(List.of(stand.firstInstance(name, told)));
        if (instances > 1) {
            started.add(stand.secondInstance(name, told));
        }
        Topics catalogue = stand.topics();
        List<String> read = topics.apply(catalogue);
        String first = read.getFirst();
        int requests = (int) Math.max(5, records * size / Workloads.MANY);
        int all = requests * Workloads.MANY;
        String what = String.format(Locale.ROOT, "%,d %s", count, keysAre);
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            Rounds one = new Rounds(List.of(Backlog.of(name, read, started, kafka, () -> {
                Times times = timing.of(Instant.now(), all, count);
                Workload<?, ?, ?> work = workload.of(Workloads.from(times.made(), catalogue), count);
                return kafka.produce(work, 0, requests, times.came().toEpochMilli(), times.nanosApart());
            })));
            if (instances > 1) {
                one.shares(what).forEach(table::row);
            } else {
                table.row(one.row(what));
                table.row(Rounds.limit(kafka.read(first, all)));
            }
            fates.append(fates(what + (instances > 1 ? ", " + instances + " instances" : ""), all, stand));
            return kafka.diskBytes(first)
                    / (double) kafka.ends(first).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
        }
    }

    /** A line for each topic that the job reads: what became of its records, which are so many at least. */
    private String fates(String what, long records, Stand stand) throws InterruptedException {
        Map<String, StageBalance> read =
                Fates.of(stand, name).stream().collect(Collectors.toMap(StageBalance::topic, Function.identity()));
        StringBuilder lines = new StringBuilder();
        for (String topic : topics.apply(stand.topics())) {
            StageBalance balance = read.get(topic);
            if (balance == null || balance.inTopic() < records) {
                throw new IllegalStateException(name + ": of " + topic + " the ledger tells " + balance + " (expected: "
                        + records + " records at least)");
            }
            lines.append(String.format("- %s, `%s`: %s%n", what, topic, Fates.text(balance)));
        }
        return lines.toString();
    }
}
